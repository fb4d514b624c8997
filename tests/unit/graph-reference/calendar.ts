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
  transactionId: '7E163156-7762-4BEB-A1C6-729EA81755A7',
};

export const calendars: readonly DocumentedOperation[] = [
  { page: 'user-post-events', ask: 'POST /me/events', body: lunch, status: 201, properties: event },
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
];
