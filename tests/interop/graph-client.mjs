// Drives the Graph door with Microsoft's own client: node graph-client.mjs URL REFRESH_TOKEN. Prints one line of JSON
// for each step. The client gives its token to nobody but over https, so NODE_EXTRA_CA_CERTS has to name the sandbox's.
import { text } from 'node:stream/consumers';
import {
  BatchRequestContent,
  BatchResponseContent,
  Client,
  GraphError,
  PageIterator,
  ResponseType,
} from '@microsoft/microsoft-graph-client';

const [, , sandbox = '', refreshToken = ''] = process.argv;
const { host, hostname } = new URL(sandbox);

/** @param {string} step @param {object} facts */
function say(step, facts) {
  console.log(JSON.stringify({ step, ...facts }));
}

/** @param {Record<string, string>} grant */
function connect(grant) {
  return Client.initWithMiddleware({
    baseUrl: `https://${host}/`,
    customHosts: new Set([hostname]),
    authProvider: {
      async getAccessToken() {
        const body = new URLSearchParams({ client_id: 'sandbox', client_secret: 'sandbox', ...grant });
        const response = await fetch(`${sandbox}/contoso.com/oauth2/v2.0/token`, { method: 'POST', body });
        const { access_token: token } = await response.json();
        return token;
      },
    },
  });
}

/** @param {object} faults */
async function setFaults(faults) {
  const headers = { 'Content-Type': 'application/json' };
  await fetch(`${sandbox}/sandbox/faults`, { method: 'POST', headers, body: JSON.stringify(faults) });
}

/** What a request that has to fail fails with. @param {Promise<unknown>} request */
async function failureOf(request) {
  const error = await request.then(
    () => undefined,
    (reason) => reason,
  );
  if (!(error instanceof GraphError)) throw new Error(`No GraphError: ${error}`);
  return {
    status: error.statusCode,
    code: error.code,
    hasRequestId: error.requestId === error.headers?.get('request-id'),
    hasDate: !Number.isNaN(error.date.getTime()),
  };
}

/** Walks a round of a delta query to its end. @param {Client} client @param {any} page */
async function walk(client, page) {
  /** @type {any[]} */
  const changes = [];
  const iterator = new PageIterator(client, page, (change) => changes.push(change) > 0);
  await iterator.iterate();
  return { changes, deltaLink: iterator.getDeltaLink() ?? '' };
}

const me = connect({
  grant_type: 'refresh_token',
  refresh_token: refreshToken,
  scope: 'User.Read Mail.ReadWrite Mail.Send',
});
const app = connect({ grant_type: 'client_credentials', scope: 'https://graph.microsoft.com/.default' });
const inbox = '/me/mailFolders/inbox';

const user = await me.api('/me').select('mail').get();
const folders = await me.api('/me/mailFolders').filter("displayName eq 'Junk Email'").get();
say('who', { mail: user.mail, folders: folders.value.map((/** @type {any} */ { displayName }) => displayName) });

const first = await walk(me, await me.api(`${inbox}/messages/delta`).select(['subject', 'toRecipients']).get());
const recipient = { emailAddress: { address: 'qa+tag@contoso.com' } };
for (const subject of ['One', 'Two', 'Three']) {
  const body = { contentType: 'Text', content: `${subject}: Grüße` };
  await me.api('/me/sendMail').post({ message: { subject, body, toRecipients: [recipient] } });
}
const mime =
  'From: qa@contoso.com\r\nTo: qa@contoso.com\r\nSubject: Four\r\nMessage-ID: <four@contoso.com>\r\n\r\nMIME\r\n';
await app
  .api('/users/qa@contoso.com/sendMail')
  .header('Content-Type', 'text/plain')
  .post(Buffer.from(mime).toString('base64'));
const sent = await me.api('/me/mailFolders/sentitems/messages').count(true).top(1).get();
say('send', { count: sent['@odata.count'], hasNext: '@odata.nextLink' in sent });

const arrived = await me.api(first.deltaLink).header('Prefer', 'odata.maxpagesize=2').get();
const second = await walk(me, arrived);
say('delta', {
  before: first.changes.length,
  page: arrived.value.length,
  subjects: second.changes.map(({ subject }) => subject),
});

const [one, two, three, four] = second.changes.map(({ id }) => id);
const stream = await app.api(`/users/qa@contoso.com/messages/${four}/$value`).getStream();
const source = await text(stream);
const buffer = await me.api(`/me/messages/${four}/$value`).responseType(ResponseType.ARRAYBUFFER).get();
say('mime', {
  messageId: /^Message-ID: (.*)$/im.exec(source)?.[1],
  same: Buffer.from(buffer).toString() === source,
});

const read = await me.api(`/me/messages/${one}`).header('Prefer', 'outlook.body-content-type="text"').get();
const marked = await me.api(`/me/messages/${one}`).patch({ isRead: true, categories: ['Seen'] });
say('read', { content: read.body.content.trim(), isRead: marked.isRead, categories: marked.categories });

const moved = await me.api(`/me/messages/${one}/move`).post({ destinationId: 'archive' });
const gone = await walk(me, await me.api(second.deltaLink).get());
say('move', {
  isNew: moved.id !== one,
  removed: gone.changes.map((change) => [change.id === one, change['@removed'].reason]),
});

const root = 'https://graph.microsoft.com';
const batch = new BatchRequestContent([
  { id: '1', request: new Request(`${root}/me/messages/${two}?$select=subject`) },
  { id: '2', request: new Request(`${root}/me/messages/${three}/$value`), dependsOn: ['1'] },
  { id: '3', request: new Request(`${root}/me/messages/${one}`), dependsOn: ['2'] },
  { id: '4', request: new Request(`${root}/me/messages/${two}`, { method: 'DELETE' }), dependsOn: ['3'] },
]);
const answers = new BatchResponseContent(await me.api('/$batch').post(await batch.getContent()));
const [subject, value] = [answers.getResponseById('1'), answers.getResponseById('2')];
say('batch', {
  statuses: ['1', '2', '3', '4'].map((id) => answers.getResponseById(id).status),
  subject: (await subject.json()).subject,
  mime: Buffer.from(await value.text(), 'base64')
    .toString()
    .includes('Subject: Three'),
});

const file = { '@odata.type': '#microsoft.graph.fileAttachment', name: 'ü.txt', contentBytes: 'eA==' };
const draft = await me.api('/me/messages').post({ subject: 'Draft', toRecipients: [recipient] });
await me.api(`/me/messages/${draft.id}/attachments`).post(file);
await me.api(`/me/messages/${draft.id}/send`).post(null);
const withFile = await me.api(`${inbox}/messages`).filter("subject eq 'Draft'").expand('attachments').get();
say('attach', { names: withFile.value[0].attachments.map((/** @type {any} */ { name }) => name) });

await setFaults({ throttleGraph: { times: 2, retryAfterSeconds: 0 } });
const patient = await me.api(`${inbox}/messages/$count`).get();
say('throttled', { count: patient });

await setFaults({ lostSyncStates: 1 });
say('errors', {
  lost: await failureOf(me.api(second.deltaLink).get()),
  missing: await failureOf(me.api(`/me/messages/${one}`).get()),
  denied: await failureOf(me.api('/users/other@contoso.com/messages').get()),
  syntax: await failureOf(me.api(`${inbox}/messages`).filter('subject is 1').get()),
});
