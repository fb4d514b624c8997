import type { Address } from '../../transport.js';

/** An invitation to a meeting, an answer to one, or its cancellation (RFC 5545, RFC 5546), as a mail carries it. */
export interface Invite {
  /** `REQUEST` invites or changes, `CANCEL` calls off, `REPLY` answers, `PUBLISH` tells; empty where it is not said. */
  readonly method: string;
  /** What stays the same over all changes and answers. */
  readonly uid: string;
  /** Counts the changes. @default 0 */
  readonly sequence: number;
  readonly summary: string;
  readonly description: string;
  readonly location: string;
  /** `CONFIRMED`, `TENTATIVE`, `CANCELLED`; empty where it is not said. */
  readonly status: string;
  readonly start: InviteTime | undefined;
  /** Of an event of whole days, the day after the last one. */
  readonly end: InviteTime | undefined;
  readonly isAllDay: boolean;
  readonly organizer: Address | undefined;
  readonly attendees: readonly Attendee[];
  /** The rule as RFC 5545 writes it: `FREQ=WEEKLY;COUNT=10;BYDAY=MO`; empty where it happens once. */
  readonly recurrence: string;
  /** Which of a series it is about, where it is about one. */
  readonly recurrenceId: InviteTime | undefined;
}

export interface InviteTime {
  /** The moment. Of a day, and of a time that is meant wherever one is, that of UTC. */
  readonly date: Date;
  /** As it is written there: `2026-12-01T10:00:00`, or `2026-12-01` for a day. */
  readonly local: string;
  /**
   * The IANA name (`Europe/Berlin`), also where the invite gives Windows' name for it; the invite's own name where
   * it is another; `UTC`; empty for a day, and for a time that is meant wherever one is.
   */
  readonly timeZone: string;
}

export interface Attendee extends Address {
  readonly answer: AttendeeAnswer;
  /** `REQ-PARTICIPANT`, `OPT-PARTICIPANT`, `NON-PARTICIPANT`, `CHAIR`. */
  readonly role: string;
  /** Whether an answer is asked for. */
  readonly rsvp: boolean;
}

/** RFC 5545's participation status, in lower case. */
export type AttendeeAnswer = 'needs-action' | 'accepted' | 'declined' | 'tentative' | 'delegated';
