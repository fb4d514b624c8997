// Holds meetings and keeps contacts with Microsoft's own client: node graph-client-calendar.mjs URL. Prints one line of
// JSON for each step. NODE_EXTRA_CA_CERTS has to name the sandbox's certificate.
import { connect, forApp, say } from './graph-connection.mjs';

const [, , sandbox = ''] = process.argv;
const app = connect(sandbox, forApp);
const [qa, ann] = ['/users/qa@contoso.com', '/users/ann@contoso.com'];
const day = (/** @type {string} */ dateTime) => ({ dateTime, timeZone: 'Europe/Berlin' });
const month = { startDateTime: '2026-10-01T00:00:00Z', endDateTime: '2026-11-30T00:00:00Z' };

const series = await app.api(`${qa}/events`).post({
  subject: 'Planning',
  start: day('2026-10-19T09:00:00'),
  end: day('2026-10-19T10:00:00'),
  attendees: [{ emailAddress: { address: 'ann@contoso.com' }, type: 'required' }],
  recurrence: {
    pattern: { type: 'weekly', interval: 1, daysOfWeek: ['monday'] },
    range: { type: 'numbered', startDate: '2026-10-19', numberOfOccurrences: 3 },
  },
});
const [invitation] = (await app.api(`${ann}/events`).get()).value;
await app.api(`${ann}/events/${invitation.id}/accept`).post({ comment: 'Gladly', sendResponse: true });
const answered = await app.api(`${qa}/events/${series.id}`).select('attendees').get();
const [mail] = (await app.api(`${qa}/mailFolders/inbox/messages`).get()).value;
say('invite', {
  type: invitation.type,
  response: answered.attendees[0].status.response,
  mail: [mail.meetingMessageType, mail.subject],
});

const inTokyo = { Prefer: 'outlook.timezone="Tokyo Standard Time"' };
const [, second] = (await app.api(`${qa}/calendarView`).query(month).headers(inTokyo).get()).value;
const moved = { subject: 'Moved', start: day('2026-10-27T09:00:00'), end: day('2026-10-27T10:00:00') };
await app.api(`${qa}/events/${second.id}`).patch(moved);
const theirs = await app.api(`${ann}/events/${invitation.id}/instances`).query(month).select('subject').get();
await app.api(`${qa}/events/${series.id}/cancel`).post({ comment: 'Off' });
const [called] = (await app.api(`${ann}/events`).get()).value;
say('change', {
  second: [second.start.dateTime, second.type],
  theirs: theirs.value.map((/** @type {any} */ { subject }) => subject),
  called: called.isCancelled,
});

const emailAddresses = [{ address: 'ann@contoso.com', name: 'Ann' }];
const contact = await app.api(`${qa}/contacts`).post({ givenName: 'Ann', surname: 'Smith', emailAddresses });
const byAddress = "emailAddresses/any(a:a/address eq 'ann@contoso.com')";
const [found] = (await app.api(`${qa}/contacts`).filter(byAddress).get()).value;
say('contact', { same: found.id === contact.id, name: found.displayName, fileAs: found.fileAs });
