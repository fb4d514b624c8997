import { ExchangeError } from '../../errors.js';

/** Where a message is: the folder's path, and the UID that is good as long as the folder's UIDVALIDITY stays. */
export interface MessageLocation {
  readonly path: string;
  readonly uidValidity: bigint;
  readonly uid: number;
}

export function formatMessageId({ path, uidValidity, uid }: MessageLocation): string {
  return `${uidValidity}:${uid}:${path}`;
}

export function parseMessageId(id: string): MessageLocation {
  const [, uidValidity, uid, path] = /^(\d+):(\d+):(.+)$/s.exec(id) ?? [];
  if (uidValidity === undefined || uid === undefined || path === undefined) {
    throw new ExchangeError('CONFIGURATION', `${JSON.stringify(id)} is no message of an IMAP folder`);
  }
  return { path, uidValidity: BigInt(uidValidity), uid: Number(uid) };
}
