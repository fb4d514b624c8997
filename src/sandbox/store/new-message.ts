/** What a door remembers about a message beside its source. */
export type PropertyValue = string | readonly string[];

/** What a message is put into a folder with. */
export interface NewMessage {
  readonly source: Buffer;
  /** @default now */
  readonly receivedAt?: Date;
  readonly flags?: Iterable<string>;
  readonly properties?: Iterable<readonly [string, PropertyValue]>;
  /** Whom it was delivered for, as the envelope has it: nobody where a client put it there. */
  readonly recipient?: string | undefined;
  /** @default a new one */
  readonly searchKey?: string;
}
