/**
 * What the receiving server found out about where a message comes from, as it recorded it (`Authentication-Results`,
 * RFC 8601). Nothing is verified here. Results are the RFC's words: `pass`, `fail`, `softfail`, `neutral`, `none`,
 * `temperror`, `permerror`; undefined where the server recorded none.
 */
export interface Authentication {
  /** The server that recorded it, by the name that it gives itself; empty for Exchange Online, which gives none. */
  readonly server: string;
  /** Whether the sending server may send for the domain of the envelope (RFC 7208). */
  readonly spf: string | undefined;
  /** Whether a signature holds (RFC 6376): `pass` where one of several does. */
  readonly dkim: string | undefined;
  /** Whether one of the two is the domain's that `From` names, by that domain's own policy (RFC 9989). */
  readonly dmarc: string | undefined;
  /** Whether the seals of those who passed it on hold (RFC 8617). */
  readonly arc: string | undefined;
  /** All that was recorded, in its order. */
  readonly results: readonly AuthenticationResult[];
  /** Why nothing is known, where nothing is: no field, or none that the receiver wrote. Empty otherwise. */
  readonly absence: string;
}

export interface AuthenticationResult {
  /** `spf`, `dkim`, `dmarc`, `arc`, `compauth`, `iprev` ... */
  readonly method: string;
  readonly result: string;
  readonly reason: string;
  /** What it is about: `header.d`, `header.from`, `smtp.mailfrom` ... */
  readonly properties: Readonly<Record<string, string>>;
}

/** What is known where nothing is. */
export function absent(absence: string): Authentication {
  return { server: '', spf: undefined, dkim: undefined, dmarc: undefined, arc: undefined, results: [], absence };
}
