import type { MailTransport } from '../transport.js';
import { GraphSession, type GraphSessionOptions } from './graph-session.js';
import { GraphTransport } from './graph-transport.js';

export interface GraphTransportOptions extends GraphSessionOptions {
  /** Milliseconds between two looks, from when a wait began; the last one repeats. */
  readonly pollIntervals: readonly number[];
}

/** Opens a mailbox over Microsoft Graph. */
export function openGraphTransport({ pollIntervals, ...session }: GraphTransportOptions): MailTransport {
  const intervals = { withPush: pollIntervals.at(-1) ?? 0, withoutPush: pollIntervals };
  return new GraphTransport(new GraphSession(session), intervals);
}
