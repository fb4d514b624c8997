/** A field of a header section, as it came: unfolded, its octets as Latin-1, nothing decoded. */
export interface HeaderField {
  /** In lower case. */
  readonly name: string;
  readonly value: string;
}

/** A part of a message, or the message itself (RFC 2045). */
export interface MimePart {
  readonly fields: readonly HeaderField[];
  /** `text/plain`, in lower case; what the file name suggests, where the mail only says that it is octets. */
  readonly type: string;
  /** The parameters of `Content-Type`, by lower-case name. */
  readonly params: Readonly<Record<string, string>>;
  /** `inline`, `attachment`, in lower case; empty where it is not said. */
  readonly disposition: string;
  /** Empty where there is none. */
  readonly filename: string;
  /** Without angle brackets; empty where there is none. */
  readonly contentId: string;
  /** The URL that other parts refer to it by (RFC 2557); empty where there is none. */
  readonly contentLocation: string;
  /** The transfer encoding, in lower case. */
  readonly encoding: string;
  /** The octets of its body, still transfer-encoded; of a multipart too. */
  readonly body: Buffer;
  /** The parts of a multipart. */
  readonly parts: readonly MimePart[];
  /** Why what lies in it was not taken apart, where that is so. */
  readonly fault?: string;
}
