// Drives the Graph door with Microsoft's new client (Kiota's): node graph-sdk.mjs URL. Prints one line of JSON for each
// step. NODE_EXTRA_CA_CERTS has to name the sandbox's authority.
import { BaseBearerTokenAuthenticationProvider } from '@microsoft/kiota-abstractions';
import { createGraphServiceClient, GraphRequestAdapter } from '@microsoft/msgraph-sdk';
// oxlint-disable-next-line import/no-unassigned-import -- it gives the client its users
import '@microsoft/msgraph-sdk-users';

const [, , sandbox = ''] = process.argv;
const say = (line) => console.log(JSON.stringify(line));
const at = (time) => ({ dateTime: `2026-10-19T${time}`, timeZone: 'Europe/Berlin' });

const adapter = new GraphRequestAdapter(
  new BaseBearerTokenAuthenticationProvider({
    getAuthorizationToken: token,
    getAllowedHostsValidator: () => ({ isUrlHostValid: () => true, getAllowedHosts: () => [] }),
  }),
);
adapter.baseUrl = `${sandbox.replace('http:', 'https:')}/v1.0`;
const { users } = createGraphServiceClient(adapter);
const [qa, ann] = [users.byUserId('qa@contoso.com'), users.byUserId('ann@contoso.com')];
const inbox = qa.mailFolders.byMailFolderId('inbox');

say({ step: 'who', mail: (await qa.get()).mail, folders: (await qa.mailFolders.get()).value.length > 5 });

const toRecipients = [{ emailAddress: { address: 'qa@contoso.com' } }];
await qa.sendMail.post({ message: { subject: 'Hi', body: { contentType: 'text', content: 'x' }, toRecipients } });
const queryParameters = { top: 5, select: ['subject'], orderby: ['receivedDateTime desc'] };
const [message] = (await inbox.messages.get({ queryParameters })).value;
say({ step: 'send', subject: message.subject });

const one = qa.messages.byMessageId(message.id);
const isRead = (await one.patch({ isRead: true })).isRead;
say({ step: 'read', subject: (await one.get()).subject, isRead, mime: (await one.content.get()).byteLength > 100 });
say({ step: 'delta', count: (await inbox.messages.delta.get()).value.length });
say({ step: 'move', moved: (await one.move.post({ destinationId: 'archive' })).id !== undefined });
say({ step: 'draft', isDraft: (await qa.messages.post({ subject: 'Draft' })).isDraft });

const pattern = { type: 'weekly', interval: 1, daysOfWeek: ['monday'] };
const range = { type: 'numbered', startDate: '2026-10-19', numberOfOccurrences: 3 };
const event = await qa.events.post({
  subject: 'Planning',
  start: at('09:00:00'),
  end: at('10:00:00'),
  attendees: [{ emailAddress: { address: 'ann@contoso.com' }, type: 'required' }],
  recurrence: { pattern, range },
});
const period = { startDateTime: '2026-10-01T00:00:00Z', endDateTime: '2026-11-30T00:00:00Z' };
const shown = (await qa.calendarView.get({ queryParameters: period })).value;
say({ step: 'invite', occurrences: shown.map(({ type }) => type) });

const [invitation] = (await ann.events.get()).value;
await ann.events.byEventId(invitation.id).accept.post({ comment: 'Yes', sendResponse: true });
const [attendee] = (await qa.events.byEventId(event.id).get()).attendees;
const [reply] = (await inbox.messages.get()).value;
say({ step: 'accept', response: attendee.status.response, mail: reply.subject });
await qa.events.byEventId(event.id).cancel.post({ comment: 'Off' });
say({ step: 'cancel', left: (await qa.events.get()).value.length });

const emailAddresses = [{ address: 'ann@contoso.com' }];
say({ step: 'contact', name: (await qa.contacts.post({ givenName: 'Ann', emailAddresses })).displayName });

async function token() {
  const form = { client_id: 'sandbox', client_secret: 'sandbox', grant_type: 'client_credentials' };
  const body = new URLSearchParams({ ...form, scope: 'https://graph.microsoft.com/.default' });
  const answer = await fetch(`${sandbox}/contoso.com/oauth2/v2.0/token`, { method: 'POST', body });
  return (await answer.json()).access_token;
}
