import type { Headers } from '../headers.js';

/** What a program, and no person, sent about a mail: it could not be delivered, it was read, nobody is in. */
export type Report = DeliveryReport | ReadReceipt | AutoReply;

/** A bounce, or what else becomes of a mail on its way (RFC 3464). */
export interface DeliveryReport {
  readonly kind: 'delivery';
  /** The server that reports. */
  readonly server: string;
  /** Whom it is about; mostly one. */
  readonly recipients: readonly DeliveryStatus[];
  /** The mail that it is about, as far as the report has it. */
  readonly original: OriginalMessage | undefined;
}

export interface DeliveryStatus {
  readonly address: string;
  /** Whom the sender named, where that is somebody else; empty where it is not said. */
  readonly originalAddress: string;
  /** `failed`, `delayed`, `delivered`, `relayed`, `expanded`. */
  readonly action: string;
  /** The status code (RFC 3463): `5.1.1`. */
  readonly status: string;
  /** What the refusing server said: `550 5.1.1 User unknown`. */
  readonly diagnostic: string;
  /** The refusing server. */
  readonly server: string;
}

/** A notice that a mail was read, deleted ... (RFC 8098). */
export interface ReadReceipt {
  readonly kind: 'receipt';
  /** Who read it. */
  readonly address: string;
  /** `displayed`, `deleted`, `dispatched`, `processed`. */
  readonly disposition: string;
  /** No person did it. */
  readonly isAutomatic: boolean;
  /** The `Message-ID` of the mail that it is about. */
  readonly originalMessageId: string;
  readonly original: OriginalMessage | undefined;
}

/** An answer that no person wrote, such as that of who is out of office (RFC 3834). */
export interface AutoReply {
  readonly kind: 'auto-reply';
  /** The `Message-ID` of the mail that it answers; empty where it is not said. */
  readonly originalMessageId: string;
  /** What it asks not to be answered with: `All`, `OOF`, `AutoReply` ... (`X-Auto-Response-Suppress` of Exchange). */
  readonly suppresses: readonly string[];
}

/** The mail that a report is about. */
export interface OriginalMessage {
  readonly messageId: string;
  readonly subject: string;
  /** Its header fields by lower-case name. */
  readonly headers: Headers;
}
