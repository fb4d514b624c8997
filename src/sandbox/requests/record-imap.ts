import type { Exchange } from './exchange.js';
import type { RequestLog } from './request-log.js';

/** A command of IMAP, as far as it is kept. */
export interface ImapCommand {
  /** Its pieces: lines, with the literals after them. */
  readonly segments: readonly { readonly text: string; readonly literal: Buffer | undefined }[];
  readonly connection: string;
  /** Whoever has signed in tells no secrets any more. */
  readonly isSignedIn: boolean;
}

export function recordImap(log: RequestLog, { segments, connection, isSignedIn }: ImapCommand): Exchange {
  const text = segments[0]?.text ?? '';
  const title = isSignedIn ? text : withoutCredentials(text);
  const exchange = log.begin({ service: 'IMAP', title, connection });
  if (!isSignedIn) exchange.request.add(title);
  else for (const segment of segments) exchange.request.add(segment.text + (segment.literal ?? ''));
  return exchange;
}

/** The command, of LOGIN the user, of AUTHENTICATE the mechanism; what follows may be a password or a token. */
function withoutCredentials(line: string): string {
  const [tag, name, first, ...rest] = line.split(' ');
  if (name === undefined) return '***';
  if (first === undefined) return `${tag} ${name}`;
  const isUser = /^LOGIN$/i.test(name) && rest.length > 0;
  const isMechanism = /^AUTHENTICATE$/i.test(name) && /^[A-Z][A-Z0-9-]{0,20}$/.test(first);
  const shown = isUser || isMechanism ? [tag, name, first] : [tag, name];
  return isMechanism && rest.length === 0 ? shown.join(' ') : `${shown.join(' ')} ***`;
}
