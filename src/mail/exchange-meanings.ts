import type { ExchangeErrorCode } from '../errors.js';

/** What an answer that is no success means in this package's words. */
export interface Meaning {
  readonly code: ExchangeErrorCode;
  readonly advice?: readonly string[];
  readonly transient?: boolean;
}

/** Meanings by code. The case of a code does not count: Graph writes some of them in several ways. */
export class Meanings {
  readonly #byCode: ReadonlyMap<string, Meaning>;

  constructor(...tables: readonly Readonly<Record<string, Meaning>>[]) {
    const entries = tables.flatMap((table) => Object.entries(table));
    this.#byCode = new Map(entries.map(([code, meaning]) => [code.toLowerCase(), meaning]));
  }

  of(code: string): Meaning | undefined {
    return this.#byCode.get(code.toLowerCase());
  }
}

export const busy: Meaning = { code: 'SERVER_BUSY', transient: true };
export const offline: Meaning = { code: 'NETWORK', transient: true };
export const gone: Meaning = { code: 'MESSAGE_NOT_FOUND', advice: ['it was moved or deleted in the meantime'] };
export const noFolder: Meaning = {
  code: 'FOLDER_NOT_FOUND',
  advice: ['the mailbox has no such folder, or it was renamed or deleted in the meantime'],
};

/** One item is at fault, whenever it is asked for. */
const unreadable: Meaning = { code: 'PROTOCOL' };

/** Exchange's response codes that mean the same over EWS and over Graph. */
export const exchangeCodes: Readonly<Record<string, Meaning>> = {
  ErrorServerBusy: busy,
  ErrorTooManyObjectsOpened: busy,
  ErrorMailboxStoreUnavailable: offline,
  ErrorConnectionFailed: offline,
  ErrorInternalServerTransientError: offline,
  ErrorTimeoutExpired: offline,
  ErrorMailboxMoveInProgress: offline,
  ErrorMailboxFailover: offline,
  ErrorInternalServerError: offline,
  ErrorItemNotFound: gone,
  ErrorFolderNotFound: noFolder,
  ErrorToFolderNotFound: noFolder,
  ErrorSendAsDenied: {
    code: 'ACCESS_DENIED',
    advice: ["send from the mailbox's own address, or have Send As granted for the other one"],
  },
  ErrorContentConversionFailed: unreadable,
  ErrorMimeContentConversionFailed: unreadable,
  ErrorMimeContentInvalid: unreadable,
  ErrorCorruptData: unreadable,
  ErrorItemCorrupt: unreadable,
  ErrorPropertyRequestFailed: unreadable,
  ErrorQuotaExceeded: { code: 'ACCESS_DENIED', advice: ['empty the mailbox, or have its quota raised'] },
};
