import { itemClass } from '../../message/derived-properties.js';
import type { StoredMessage } from '../../store/store.js';

export type FieldType = 'text' | 'date' | 'boolean' | 'number' | 'element' | 'derived';

/** A field of one kind of item. */
export interface KindField {
  readonly name: string;
  /** As a FieldURI names it. */
  readonly uri: string;
  /** `element` is what has parts, and is kept as it came; `derived` has parts that follow from the rest: nobody sets it. */
  readonly type: FieldType;
}

/** A kind of item beside mail: what EWS writes it as, and what it has that mail has not. */
export interface ItemKind {
  readonly element: string;
  readonly itemClass: string;
  /** The folder that a new one is saved in; nothing for mail, which is sent. */
  readonly home: string | undefined;
  /** In the order in which the schema wants them written. */
  readonly fields: readonly KindField[];
}

const calendarItem: ItemKind = {
  element: 'CalendarItem',
  itemClass: 'IPM.Appointment',
  home: 'calendar',
  fields: fields(
    'calendar',
    'UID RecurrenceId:date DateTimeStamp:date Start:date End:date OriginalStart:date IsAllDayEvent:boolean',
    'LegacyFreeBusyStatus Location When IsMeeting:boolean IsCancelled:boolean IsRecurring:boolean',
    'MeetingRequestWasSent:boolean IsResponseRequested:boolean CalendarItemType MyResponseType Organizer:element',
    'RequiredAttendees:element OptionalAttendees:element Resources:element Duration TimeZone',
    'AppointmentReplyTime:date AppointmentSequenceNumber:number AppointmentState:number Recurrence:element',
    'FirstOccurrence:derived LastOccurrence:derived ModifiedOccurrences:derived DeletedOccurrences:derived',
    'MeetingTimeZone:element StartTimeZone:element EndTimeZone:element ConferenceType:number',
    'AllowNewTimeProposal:boolean IsOnlineMeeting:boolean MeetingWorkspaceUrl NetShowUrl EnhancedLocation:element',
    'StartTimeZoneId EndTimeZoneId',
  ),
};

const task: ItemKind = {
  element: 'Task',
  itemClass: 'IPM.Task',
  home: 'tasks',
  fields: fields(
    'task',
    'ActualWork:number AssignedTime:date BillingInformation ChangeCount:number Companies:element CompleteDate:date',
    'Contacts:element DelegationState Delegator DueDate:date IsAssignmentEditable:number IsComplete:boolean',
    'IsRecurring:boolean IsTeamTask:boolean Mileage Owner PercentComplete:number Recurrence:element StartDate:date',
    'Status StatusDescription TotalWork:number',
  ),
};

const contact: ItemKind = {
  element: 'Contact',
  itemClass: 'IPM.Contact',
  home: 'contacts',
  fields: fields(
    'contacts',
    'FileAs FileAsMapping DisplayName GivenName Initials MiddleName Nickname CompleteName:element CompanyName',
    'EmailAddresses:element PhysicalAddresses:element PhoneNumbers:element AssistantName Birthday:date',
    'BusinessHomePage Children:element Companies:element ContactSource Department Generation ImAddresses:element',
    'JobTitle Manager Mileage OfficeLocation PostalAddressIndex Profession SpouseName Surname WeddingAnniversary:date',
  ),
};

const distributionList: ItemKind = {
  element: 'DistributionList',
  itemClass: 'IPM.DistList',
  home: 'contacts',
  fields: fields('distributionlist', 'contacts/DisplayName contacts/FileAs contacts/ContactSource Members:element'),
};

/** Notes that stand in a folder, as mail that nobody sent. */
const post: ItemKind = {
  element: 'PostItem',
  itemClass: 'IPM.Post',
  home: 'inbox',
  fields: fields('postitem', 'PostedTime:date'),
};

const aboutMeeting = [
  'meeting/AssociatedCalendarItemId:element meeting/IsDelegated:boolean meeting/IsOutOfDate:boolean',
  'meeting/HasBeenProcessed:boolean meeting/ResponseType UID RecurrenceId:date DateTimeStamp:date',
];

const meetingRequest: ItemKind = {
  element: 'MeetingRequest',
  itemClass: 'IPM.Schedule.Meeting.Request',
  home: undefined,
  fields: fields(
    'calendar',
    ...aboutMeeting,
    'meetingRequest/MeetingRequestType meetingRequest/IntendedFreeBusyStatus Start:date End:date OriginalStart:date',
    'IsAllDayEvent:boolean LegacyFreeBusyStatus Location When IsMeeting:boolean IsCancelled:boolean IsRecurring:boolean',
    'MeetingRequestWasSent:boolean CalendarItemType MyResponseType Organizer:element RequiredAttendees:element',
    'OptionalAttendees:element Resources:element Duration TimeZone AppointmentSequenceNumber:number',
    'AppointmentState:number Recurrence:element',
  ),
};

const meetingResponse: ItemKind = {
  element: 'MeetingResponse',
  itemClass: 'IPM.Schedule.Meeting.Resp',
  home: undefined,
  fields: fields('calendar', ...aboutMeeting, 'Start:date End:date Location Recurrence:element CalendarItemType'),
};

const meetingCancellation: ItemKind = {
  ...meetingResponse,
  element: 'MeetingCancellation',
  itemClass: 'IPM.Schedule.Meeting.Canceled',
};

export const itemKinds: readonly ItemKind[] = [
  calendarItem,
  task,
  contact,
  distributionList,
  post,
  meetingRequest,
  meetingResponse,
  meetingCancellation,
];

/** What clients make, by its element; nothing for mail. */
export function kindOfElement(element: string): ItemKind | undefined {
  return itemKinds.find((kind) => kind.element === element && kind.home !== undefined);
}

/** Nothing for mail. */
export function kindOf(message: StoredMessage): ItemKind | undefined {
  const ownClass = itemClass(message);
  return itemKinds.find((kind) => ownClass === kind.itemClass || ownClass.startsWith(`${kind.itemClass}.`));
}

/** What an item is written as. */
export function elementOf(message: StoredMessage): string {
  return `t:${kindOf(message)?.element ?? 'Message'}`;
}

/** `Name:type`, or `prefix/Name:type` where its FieldURI begins with something else. */
function fields(prefix: string, ...lines: readonly string[]): KindField[] {
  return lines
    .flatMap((line) => line.split(' '))
    .map((each) => {
      const [, own = prefix, name = '', type = 'text'] = /^(?:(\w+)\/)?(\w+)(?::(\w+))?$/.exec(each) ?? [];
      return { name, uri: `${own}:${name}`, type: type as FieldType };
    });
}
