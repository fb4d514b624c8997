import { itemClass } from '../message/derived-properties.js';
import type { StoredMessage } from '../store/store.js';

export type FieldType = 'text' | 'date' | 'boolean' | 'number' | 'element';

/** A field of one kind of item. */
export interface KindField {
  readonly name: string;
  /** `element` is what has parts; it is kept as it came. */
  readonly type: FieldType;
}

/** A kind of item beside mail: what EWS writes it as, and what it has that mail has not. */
export interface ItemKind {
  readonly element: string;
  readonly itemClass: string;
  /** What its FieldURIs begin with. */
  readonly prefix: string;
  /** The folder that a new one is saved in. */
  readonly home: string;
  /** In the order in which the schema wants them written. */
  readonly fields: readonly KindField[];
}

const calendarItem: ItemKind = {
  element: 'CalendarItem',
  itemClass: 'IPM.Appointment',
  prefix: 'calendar',
  home: 'calendar',
  fields: fields(
    'UID RecurrenceId:date DateTimeStamp:date Start:date End:date OriginalStart:date IsAllDayEvent:boolean',
    'LegacyFreeBusyStatus Location When IsMeeting:boolean IsCancelled:boolean IsRecurring:boolean',
    'MeetingRequestWasSent:boolean IsResponseRequested:boolean CalendarItemType MyResponseType Organizer:element',
    'RequiredAttendees:element OptionalAttendees:element Resources:element Duration TimeZone',
    'AppointmentReplyTime:date AppointmentSequenceNumber:number AppointmentState:number Recurrence:element',
    'MeetingTimeZone:element StartTimeZone:element EndTimeZone:element ConferenceType:number',
    'AllowNewTimeProposal:boolean IsOnlineMeeting:boolean MeetingWorkspaceUrl NetShowUrl EnhancedLocation:element',
    'StartTimeZoneId EndTimeZoneId',
  ),
};

const task: ItemKind = {
  element: 'Task',
  itemClass: 'IPM.Task',
  prefix: 'task',
  home: 'tasks',
  fields: fields(
    'ActualWork:number AssignedTime:date BillingInformation ChangeCount:number Companies:element CompleteDate:date',
    'Contacts:element DelegationState Delegator DueDate:date IsAssignmentEditable:number IsComplete:boolean',
    'IsRecurring:boolean IsTeamTask:boolean Mileage Owner PercentComplete:number Recurrence:element StartDate:date',
    'Status StatusDescription TotalWork:number',
  ),
};

const contact: ItemKind = {
  element: 'Contact',
  itemClass: 'IPM.Contact',
  prefix: 'contacts',
  home: 'contacts',
  fields: fields(
    'FileAs FileAsMapping DisplayName GivenName Initials MiddleName Nickname CompleteName:element CompanyName',
    'EmailAddresses:element PhysicalAddresses:element PhoneNumbers:element AssistantName Birthday:date',
    'BusinessHomePage Children:element Companies:element ContactSource Department Generation ImAddresses:element',
    'JobTitle Manager Mileage OfficeLocation PostalAddressIndex Profession SpouseName Surname WeddingAnniversary:date',
  ),
};

const distributionList: ItemKind = {
  element: 'DistributionList',
  itemClass: 'IPM.DistList',
  prefix: 'distributionlist',
  home: 'contacts',
  fields: fields('DisplayName FileAs ContactSource Members:element'),
};

const kinds: readonly ItemKind[] = [calendarItem, task, contact, distributionList];

export const itemKinds = kinds;

/** By the element of an item; nothing for mail. */
export function kindOfElement(element: string): ItemKind | undefined {
  return kinds.find((kind) => kind.element === element);
}

/** Nothing for mail. */
export function kindOf(message: StoredMessage): ItemKind | undefined {
  const ownClass = itemClass(message);
  return kinds.find((kind) => ownClass === kind.itemClass || ownClass.startsWith(`${kind.itemClass}.`));
}

/** What an item is written as. */
export function elementOf(message: StoredMessage): string {
  return `t:${kindOf(message)?.element ?? 'Message'}`;
}

function fields(...lines: readonly string[]): KindField[] {
  return lines
    .flatMap((line) => line.split(' '))
    .map((each) => {
      const [name = '', type = 'text'] = each.split(':');
      return { name, type: type as FieldType };
    });
}
