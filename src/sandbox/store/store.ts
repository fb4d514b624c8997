import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { authenticationResults } from './authentication-results.js';
import { Account, type StoredFolder, type StoredMessage, type StoreEvents } from './mailbox-tree.js';
import type { KeptAccount } from './kept.js';
import type { PropertyValue } from './new-message.js';
import type { FolderRole } from './standard-folders.js';

export { Account, StoredFolder, StoredMessage, type Arrival, type StoreEvents } from './mailbox-tree.js';
export { latestFirst } from './message-list.js';
export type { NewMessage, PropertyValue } from './new-message.js';
export type { FolderRole } from './standard-folders.js';

export interface Delivery {
  /** The SMTP envelope's recipients. */
  readonly to: readonly string[];
  readonly source: Buffer;
  /** The folder it lands in. @default 'inbox' */
  readonly folder?: FolderRole;
  /** @default now */
  readonly receivedAt?: Date;
  /** What becomes of it in a mailbox. @default as it is, to the folder */
  readonly placeFor?: (account: Account) => DeliveryPlace;
}

/** What a mailbox makes of a mail that comes to it. */
export interface DeliveryPlace {
  readonly folder?: StoredFolder;
  /** It is not kept at all. */
  readonly isDropped?: boolean;
  readonly flags?: Iterable<string>;
  readonly properties?: Iterable<readonly [string, PropertyValue]>;
}

/** A store as it was when the sandbox was last stopped. */
export interface KeptStore {
  readonly id: string;
  readonly accounts: readonly KeptAccount[];
}

/** The one store of mail behind all of the sandbox's doors. */
export class MailStore {
  /** Another one in every store. */
  readonly id: string;
  /** What happens to mail. */
  readonly events = new EventEmitter<StoreEvents>().setMaxListeners(0);
  /** What happens to appointments, contacts, tasks ... */
  readonly otherEvents = new EventEmitter<StoreEvents>().setMaxListeners(0);
  readonly #accounts = new Map<string, Account>();
  readonly #isUnauthentic: () => boolean;

  /** `isUnauthentic` says whether what is delivered is recorded as not from where it says that it is from. */
  constructor(
    isUnauthentic: () => boolean = () => false,
    { id = randomUUID(), accounts = [] }: Partial<KeptStore> = {},
  ) {
    this.#isUnauthentic = isUnauthentic;
    this.id = id;
    for (const kept of accounts) this.#accounts.set(kept.address, this.#open(kept.address, kept));
  }

  /** The account that an address belongs to, its tag left out (`qa+tag@` is `qa@`); made where there is none. */
  account(address: string): Account {
    const key = withoutTag(address).toLowerCase();
    let account = this.#accounts.get(key);
    if (!account) this.#accounts.set(key, (account = this.#open(key)));
    return account;
  }

  #open(address: string, kept?: KeptAccount): Account {
    return new Account(address, { mail: this.events, other: this.otherEvents }, kept);
  }

  get accounts(): Iterable<Account> {
    return this.#accounts.values();
  }

  /** Delivers one message to each of its recipients' accounts, once an account. */
  deliver(delivery: Delivery): StoredMessage[] {
    const recipients = new Map<Account, string>();
    for (const address of delivery.to) {
      const account = this.account(address);
      if (!recipients.has(account)) recipients.set(account, address);
    }
    const receivedAt = delivery.receivedAt ?? new Date();
    const results = authenticationResults(delivery.source, this.#isUnauthentic() ? 'fail' : 'pass');
    return [...recipients].flatMap(([account, address]) => {
      const { folder, isDropped, flags = [], properties = [] } = delivery.placeFor?.(account) ?? {};
      if (isDropped) return [];
      const source = Buffer.concat([received(address, receivedAt), results, delivery.source]);
      const message = { source, receivedAt, recipient: address, flags, properties };
      return [(folder ?? account.folder(delivery.folder ?? 'inbox')).add(message, { by: 'delivery' })];
    });
  }
}

/** `qa+tag@contoso.com` without its tag: `qa@contoso.com`. */
export function withoutTag(address: string): string {
  return address.replace(/\+[^@]*(?=@)/, '');
}

/** The trace field that a delivering server puts on top (RFC 5321 section 4.4). */
function received(recipient: string, at: Date): Buffer {
  const date = at.toUTCString().replace('GMT', '+0000');
  return Buffer.from(`Received: from localhost by sandbox.invalid with ESMTP\r\n\tfor <${recipient}>; ${date}\r\n`);
}
