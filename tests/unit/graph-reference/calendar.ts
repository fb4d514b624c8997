import type { DocumentedOperation } from './documented-operation.js';

const event = ['id', 'subject', 'bodyPreview', 'body', 'start', 'end', 'location', 'attendees', 'organizer', 'iCalUId'];
const calendar = ['id', 'name', 'color', 'changeKey', 'canShare', 'canViewPrivateItems', 'canEdit', 'owner'];
const lunch = {
  subject: "Let's go for lunch",
  body: { contentType: 'HTML', content: 'Does noon work for you?' },
  start: { dateTime: '2026-04-15T12:00:00', timeZone: 'Pacific Standard Time' },
  end: { dateTime: '2026-04-15T14:00:00', timeZone: 'Pacific Standard Time' },
  location: { displayName: "Harry's Bar" },
  attendees: [{ emailAddress: { address: 'ann@contoso.com', name: 'Ann' }, type: 'required' }],
  allowNewTimeProposals: true,
};

const weekly = {
  ...lunch,
  recurrence: {
    pattern: { type: 'weekly', interval: 1, daysOfWeek: ['Wednesday'] },
    range: { type: 'endDate', startDate: '2026-04-15', endDate: '2026-06-30' },
  },
};
const daily = {
  ...weekly,
  recurrence: {
    pattern: { type: 'daily', interval: 1 },
    range: { type: 'numbered', startDate: '2026-04-15', numberOfOccurrences: 2 },
  },
};
const calendarEvent = ['start', 'end', 'seriesMasterId', 'type', 'recurrence'];

export const calendars: readonly DocumentedOperation[] = [
  {
    page: 'user-post-events',
    ask: 'POST /me/events',
    body: { ...lunch, transactionId: '7E163156-7762-4BEB-A1C6-729EA81755A7' },
    status: 201,
    properties: event,
  },
  { page: 'user-list-events', ask: 'GET /me/events', status: 200, list: 'filled', properties: event },
  {
    page: 'user-list-calendarview',
    ask: 'GET /me/calendar/calendarView?startDateTime=2026-04-15T00:00:00&endDateTime=2026-04-16T00:00:00-08:00',
    status: 200,
    list: 'filled',
    properties: event,
  },
  { page: 'event-get', ask: 'GET /me/events/{event}', status: 200, properties: event },
  {
    page: 'event-update',
    ask: 'PATCH /me/events/{event}',
    body: { subject: 'Dinner', isAllDay: false },
    status: 200,
    properties: event,
  },
  { page: 'event-delete', ask: 'DELETE /me/events/{event}', status: 204 },
  { page: 'user-list-calendars', ask: 'GET /me/calendars', status: 200, list: 'filled', properties: calendar },
  {
    page: 'user-post-calendars',
    ask: 'POST /me/calendars',
    body: { name: 'Volunteer' },
    status: 201,
    properties: calendar,
  },
  { page: 'calendar-get', ask: 'GET /me/calendar', status: 200, properties: calendar },
  { page: 'calendar-delete', ask: 'DELETE /me/calendars/{calendar}', status: 204 },
  {
    page: 'calendar-post-events',
    ask: 'POST /me/calendars/{calendar}/events',
    body: lunch,
    status: 201,
    properties: event,
  },
  { page: 'user-post-events', ask: 'POST /me/events', body: weekly, status: 201, properties: [...event, 'recurrence'] },
  { page: 'user-post-events', ask: 'POST /me/events', body: daily, status: 201, properties: [...event, 'recurrence'] },
  {
    page: 'event-list-instances',
    ask: 'GET /me/events/{series}/instances?startDateTime=2026-04-01T09:00:00.0000000&endDateTime=2026-04-30T09:00:00.0000000&$select=subject,bodyPreview,seriesMasterId,type,recurrence,start,end',
    status: 200,
    list: 'filled',
    properties: calendarEvent,
  },
  {
    page: 'event-accept',
    ask: 'POST /me/events/{invitation}/accept',
    body: { comment: 'Gladly', sendResponse: true },
    status: 202,
  },
  {
    page: 'event-tentativelyaccept',
    ask: 'POST /me/events/{invitation}/tentativelyAccept',
    body: { comment: 'I may not be able to make this week.', sendResponse: true },
    status: 202,
  },
  {
    page: 'event-decline',
    ask: 'POST /me/events/{invitation}/decline',
    body: { comment: 'I won’t be able to make this week.', sendResponse: true },
    status: 202,
  },
  { page: 'event-cancel', ask: 'POST /me/events/{event}/cancel', body: { Comment: 'All hands' }, status: 202 },
  {
    page: 'event-forward',
    ask: 'POST /me/events/{event}/forward',
    body: { ToRecipients: [{ EmailAddress: { Address: 'dana@contoso.com', Name: 'Dana' } }], Comment: 'Come too.' },
    status: 202,
  },
  {
    page: 'event-snoozereminder',
    ask: 'POST /me/events/{event}/snoozeReminder',
    body: { newReminderTime: { dateTime: '2026-04-15T11:00:00', timeZone: 'UTC' } },
    status: 200,
  },
  { page: 'event-dismissreminder', ask: 'POST /me/events/{event}/dismissReminder', status: 200 },
  { page: 'event-list-attachments', ask: 'GET /me/events/{event}/attachments', status: 200, list: 'any' },
  {
    page: 'event-post-attachments',
    ask: 'POST /me/events/{event}/attachments',
    body: { '@odata.type': '#microsoft.graph.fileAttachment', name: 'menu.txt', contentBytes: 'bWVudQ==' },
    status: 201,
    properties: ['@odata.type', 'id', 'name', 'contentType', 'size', 'isInline'],
  },
  {
    page: 'calendar-update',
    ask: 'PATCH /me/calendars/{calendar}',
    body: { name: 'Social events' },
    status: 200,
    properties: calendar,
  },
  {
    page: 'user-list-calendargroups',
    ask: 'GET /me/calendarGroups',
    status: 200,
    list: 'filled',
    properties: ['id', 'name', 'changeKey', 'classId'],
  },
  {
    page: 'calendargroup-list-calendars',
    ask: 'GET /me/calendarGroups/{group}/calendars',
    status: 200,
    list: 'filled',
    properties: calendar,
  },
  {
    page: 'calendar-getschedule',
    ask: 'POST /me/calendar/getSchedule',
    headers: { Prefer: 'outlook.timezone="Pacific Standard Time"' },
    body: {
      schedules: ['ann@contoso.com', 'qa@contoso.com'],
      startTime: { dateTime: '2026-04-15T09:00:00', timeZone: 'Pacific Standard Time' },
      endTime: { dateTime: '2026-04-15T18:00:00', timeZone: 'Pacific Standard Time' },
      availabilityViewInterval: 60,
    },
    status: 200,
    list: 'filled',
    properties: ['scheduleId', 'availabilityView', 'scheduleItems', 'workingHours'],
  },
  {
    page: 'eventmessage-get',
    ask: 'GET /me/messages/{request}',
    status: 200,
    properties: ['@odata.type', 'meetingMessageType', 'subject', 'body', 'webLink'],
  },
  {
    page: 'eventmessage-get',
    ask: 'GET /me/messages/{request}?$expand=microsoft.graph.eventMessage/event',
    status: 200,
    properties: ['@odata.type', 'meetingMessageType', 'event'],
  },
  {
    page: 'eventmessage-update',
    ask: 'PATCH /me/messages/{request}',
    body: { isRead: true },
    status: 200,
    properties: ['@odata.type', 'meetingMessageType', 'isRead'],
  },
  { page: 'eventmessage-delete', ask: 'DELETE /me/messages/{request}', status: 204 },
];
