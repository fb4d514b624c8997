/** What a mail about a meeting is for (RFC 5546). */
export type MeetingMethod = 'REQUEST' | 'REPLY' | 'CANCEL';

/** Which of an appointment's lists somebody is on, by EWS's names. */
export type AttendeeList = 'RequiredAttendees' | 'OptionalAttendees' | 'Resources';

/** What somebody answered, by EWS's names. */
export type ResponseType = 'Unknown' | 'Organizer' | 'Tentative' | 'Accept' | 'Decline' | 'NoResponseReceived';

export interface Attendee {
  readonly name: string;
  readonly address: string;
  readonly list: AttendeeList;
  readonly response: ResponseType;
  readonly respondedAt?: Date | undefined;
}

/** A meeting, as a mail tells of it. */
export interface Meeting {
  readonly method: MeetingMethod;
  readonly uid: string;
  /** Grows with every change that attendees have to answer to. */
  readonly sequence: number;
  readonly start: Date;
  readonly end: Date;
  readonly isAllDay: boolean;
  readonly subject: string;
  readonly location: string | undefined;
  readonly organizer: string;
  readonly attendees: readonly Attendee[];
  /** The rule by which it recurs (RFC 5545 section 3.3.10). */
  readonly rule: string | undefined;
  /** The zone whose clock it recurs by, as Windows or IANA calls it. */
  readonly zone: string | undefined;
  /** Where it is about one occurrence alone: when that begins by the rule. */
  readonly recurrenceId: Date | undefined;
  /** Which occurrences don't take place: when they would begin. */
  readonly excluded: readonly Date[];
}
