/** A person or place mail comes from or goes to (RFC 5322 section 3.4, "mailbox"). */
export interface Address {
  /** The display name; empty where there is none. */
  readonly name: string;
  readonly address: string;
}
