import { randomBytes } from 'node:crypto';
import type { ParsedMail } from 'mailparser';
import { identifier } from './identifier.js';
import { MimeContent } from './mime-content.js';
import type { NewMessage, PropertyValue } from './new-message.js';

/** Where a message is put, and as what. */
export interface Placement<Folder> {
  readonly folder: Folder;
  readonly uid: number;
  /** @default a new one */
  readonly id?: string;
  /** @default a new one */
  readonly immutableId?: string | undefined;
  /** Of the source, where it is not read yet. */
  readonly size?: number;
  /** @default 1 */
  readonly revision?: number;
  /** @default now */
  readonly modifiedAt?: Date;
}

/** A message in a folder of whatever kind. */
export class MessageIn<Folder> {
  readonly id: string;
  /** Stays the same when it is moved, and not in a copy: Graph's immutable id. */
  readonly immutableId: string;
  readonly folder: Folder;
  readonly receivedAt: Date;
  /** Whom it was delivered for, with the tag: nobody where a client put it there. */
  readonly recipient: string | undefined;
  /** IMAP flags: `\Seen`, `\Flagged` ... */
  readonly flags: Set<string>;
  readonly properties: Map<string, PropertyValue>;
  /** Stays the same in every copy, wherever it is moved or copied to; base64 of 16 octets. */
  readonly searchKey: string;
  /** Grows with every change. */
  revision: number;
  modifiedAt: Date;
  #uid: number;
  #content: MimeContent;

  constructor(
    placement: Placement<Folder>,
    message: Omit<NewMessage, 'source'> & { readonly source: Buffer | (() => Buffer) },
  ) {
    const { folder, uid, id = identifier(), immutableId = identifier() } = placement;
    this.id = id;
    this.folder = folder;
    this.immutableId = immutableId;
    this.revision = placement.revision ?? 1;
    this.modifiedAt = placement.modifiedAt ?? new Date();
    this.#uid = uid;
    this.#content = new MimeContent(message.source, placement.size);
    this.receivedAt = message.receivedAt ?? new Date();
    this.recipient = message.recipient;
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
    return this.#content.source;
  }

  /** In octets. */
  get size(): number {
    return this.#content.size;
  }

  /** The source, parsed once, when first asked for. */
  parsed(): Promise<ParsedMail> {
    return this.#content.parsed();
  }

  /** Why it has a head and no body, where its parser refuses it. */
  trouble(): Promise<string | undefined> {
    return this.#content.trouble();
  }

  renumber(uid: number): void {
    this.#uid = uid;
  }

  rewrite(source: Buffer): void {
    this.#content = new MimeContent(source);
    this.touch();
  }

  touch(): void {
    this.revision++;
    this.modifiedAt = new Date();
  }
}
