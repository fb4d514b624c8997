import { randomBytes } from 'node:crypto';
import { simpleParser, type ParsedMail } from 'mailparser';
import { identifier } from './identifier.js';
import type { StoredFolder } from './stored-folder.js';

/** What a door remembers about a message beside its source. */
export type PropertyValue = string | readonly string[];

/** What a message is put into a folder with. */
export interface NewMessage {
  readonly source: Buffer;
  /** @default now */
  readonly receivedAt?: Date;
  readonly flags?: Iterable<string>;
  readonly properties?: Iterable<readonly [string, PropertyValue]>;
  /** @default a new one */
  readonly searchKey?: string;
}

/** Where a message is put, and as what. */
export interface Placement {
  readonly folder: StoredFolder;
  readonly uid: number;
  /** @default a new one */
  readonly immutableId?: string | undefined;
}

/** One message in one folder. */
export class StoredMessage {
  readonly id = identifier();
  /** Stays the same when it is moved, and not in a copy: Graph's immutable id. */
  readonly immutableId: string;
  readonly folder: StoredFolder;
  readonly receivedAt: Date;
  /** IMAP flags: `\Seen`, `\Flagged` ... */
  readonly flags: Set<string>;
  readonly properties: Map<string, PropertyValue>;
  /** Stays the same in every copy, wherever it is moved or copied to; base64 of 16 octets. */
  readonly searchKey: string;
  /** Grows with every change. */
  revision = 1;
  modifiedAt = new Date();
  #uid: number;
  #source: Buffer;
  #parsed: Promise<ParsedMail> | undefined;

  constructor({ folder, uid, immutableId = identifier() }: Placement, message: NewMessage) {
    this.folder = folder;
    this.immutableId = immutableId;
    this.#uid = uid;
    this.#source = message.source;
    this.receivedAt = message.receivedAt ?? new Date();
    this.flags = new Set(message.flags);
    this.properties = new Map(message.properties);
    this.searchKey = message.searchKey ?? randomBytes(16).toString('base64');
  }

  /** Its number in the folder's arrivals. */
  get uid(): number {
    return this.#uid;
  }

  /** The MIME source. */
  get source(): Buffer {
    return this.#source;
  }

  /** The source, parsed once, when first asked for. */
  parsed(): Promise<ParsedMail> {
    return (this.#parsed ??= simpleParser(this.#source, {
      skipTextToHtml: true,
      skipHtmlToText: true,
      skipImageLinks: true,
    }));
  }

  renumber(uid: number): void {
    this.#uid = uid;
  }

  rewrite(source: Buffer): void {
    this.#source = source;
    this.#parsed = undefined;
    this.touch();
  }

  touch(): void {
    this.revision++;
    this.modifiedAt = new Date();
  }
}
