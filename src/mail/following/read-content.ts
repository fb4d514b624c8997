import { Limit } from '../../async/limit.js';
import { ExchangeError } from '../../errors.js';
import type { RawMessage } from '../transport.js';
import type { Content, Reading } from './arrival.js';

/** Milliseconds that parsing a message takes at most. */
const parsingTime = 20_000;

/** Loads what reads messages; it is best done before the first one has come. */
export function loadParser(): Promise<typeof import('../message/parse.js')> {
  return import('../message/parse.js');
}

/**
 * Parses a message's source. What the parser refuses is unreadable; what it does not get through in time is so for now:
 * the machine may have been busy with something else.
 */
export async function readContent(raw: RawMessage): Promise<Reading<Content>> {
  const tooSlow = new Error(`it took more than ${parsingTime / 1000} s`);
  try {
    const { parseMessage } = await loadParser();
    using limit = new Limit({ signal: undefined, timeout: parsingTime, error: () => tooSlow });
    return { read: { source: raw.source, parsed: await limit.race(parseMessage(raw)) } };
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : String(cause);
    const options = { cause, transient: cause === tooSlow };
    return { unreadable: new ExchangeError('PROTOCOL', `the message could not be parsed: ${said}`, options) };
  }
}
