import { Limit } from '../../async/limit.js';
import { ExchangeError } from '../../errors.js';
import type { RawMessage } from '../transport.js';
import type { Content, Reading } from './arrival.js';

/** Milliseconds that parsing a message takes at most. */
const parsingTime = 20_000;

/** Parses a message's source. What the parser refuses, or does not get through, is unreadable. */
export async function readContent(raw: RawMessage): Promise<Reading<Content>> {
  const error = (): Error => new Error(`it took more than ${parsingTime / 1000} s`);
  using limit = new Limit({ signal: undefined, timeout: parsingTime, error });
  try {
    const { parseMessage } = await import('../message/parse.js');
    return { read: { source: raw.source, parsed: await limit.race(parseMessage(raw)) } };
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : String(cause);
    return { unreadable: new ExchangeError('PROTOCOL', `the message could not be parsed: ${said}`, { cause }) };
  }
}
