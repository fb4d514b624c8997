import type { MailTransport } from '../transport.js';
import { GraphSession, type GraphSessionOptions } from './graph-session.js';
import { GraphTransport } from './graph-transport.js';

export interface GraphTransportOptions extends GraphSessionOptions {
  /** Milliseconds between two looks, from when a wait began; the last one repeats. */
  readonly pollIntervals: readonly number[];
  /** Told what a report should say of the mailbox. */
  readonly note?: ((text: string) => void) | undefined;
}

/** Opens a mailbox over Microsoft Graph. */
export function openGraphTransport({ pollIntervals, note, ...session }: GraphTransportOptions): MailTransport {
  const intervals = { withPush: pollIntervals.at(-1) ?? 0, withoutPush: pollIntervals };
  return new GraphTransport(new GraphSession(session), intervals, note ?? (() => {}));
}
