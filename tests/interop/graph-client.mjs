// Drives the Graph door with Microsoft's own client: node graph-client.mjs URL REFRESH_TOKEN. Prints one line of JSON
// for each step. The client gives its token to nobody but over https, so NODE_EXTRA_CA_CERTS has to name the sandbox's.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { json, text } from 'node:stream/consumers';
import {
  BatchRequestContent,
  BatchResponseContent,
  FileUpload,
  GraphError,
  LargeFileUploadTask,
  PageIterator,
  ResponseType,
} from '@microsoft/microsoft-graph-client';
import { connect, forApp, say } from './graph-connection.mjs';

const [, , sandbox = '', refreshToken = ''] = process.argv;

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

/** Walks a round of a delta query to its end. @param {import('@microsoft/microsoft-graph-client').Client} client @param {any} page */
async function walk(client, page) {
  /** @type {any[]} */
  const changes = [];
  const iterator = new PageIterator(client, page, (change) => changes.push(change) > 0);
  await iterator.iterate();
  return { changes, deltaLink: iterator.getDeltaLink() ?? '' };
}

const me = connect(sandbox, {
  grant_type: 'refresh_token',
  refresh_token: refreshToken,
  scope: 'User.Read Mail.ReadWrite Mail.Send',
});
const app = connect(sandbox, forApp);
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
const [subject, mimeAnswer] = [answers.getResponseById('1'), answers.getResponseById('2')];
say('batch', {
  statuses: ['1', '2', '3', '4'].map((id) => answers.getResponseById(id).status),
  subject: (await subject.json()).subject,
  mime: Buffer.from(await mimeAnswer.text(), 'base64')
    .toString()
    .includes('Subject: Three'),
});

const file = { '@odata.type': '#microsoft.graph.fileAttachment', name: 'ü.txt', contentBytes: 'eA==' };
const draft = await me.api('/me/messages').post({ subject: 'Draft', toRecipients: [recipient] });
await me.api(`/me/messages/${draft.id}/attachments`).post(file);
await me.api(`/me/messages/${draft.id}/send`).post(null);
const withFile = await me.api(`${inbox}/messages`).filter("subject eq 'Draft'").expand('attachments').get();
say('attach', { names: withFile.value[0].attachments.map((/** @type {any} */ { name }) => name) });

const large = await me.api('/me/messages').post({ subject: 'Large', toRecipients: [recipient] });
const content = Buffer.alloc(4_000_000, 'large ');
const session = await LargeFileUploadTask.createUploadSession(
  me,
  `/me/messages/${large.id}/attachments/createUploadSession`,
  { AttachmentItem: { attachmentType: 'file', name: 'large.bin', size: content.length } },
);
const upload = new LargeFileUploadTask(me, new FileUpload(content, 'large.bin', content.length), session);
const uploaded = await upload.upload();
const [attachment] = (await me.api(`/me/messages/${large.id}/attachments`).get()).value;
say('upload', {
  isNamed: uploaded.location.includes(attachment.id),
  same: Buffer.from(attachment.contentBytes, 'base64').equals(content),
});

await me.api(`/me/messages/${two}/reply`).post({ comment: 'Thanks' });
const replies = await me.api(`${inbox}/messages`).search('"subject:two AND body:thanks"').get();
const names = [];
const pages = new PageIterator(me, await me.api(`${inbox}/messages`).top(2).select('subject').get(), (each) => {
  names.push(each.subject);
  return true;
});
await pages.iterate();
say('page', { replies: replies.value.length, read: names.length, isComplete: pages.isComplete() });

const endpoint = createServer(async (request, response) => {
  const token = new URL(request.url ?? '', 'http://localhost').searchParams.get('validationToken');
  if (token !== null) return response.writeHead(200, { 'Content-Type': 'text/plain' }).end(token);
  const { value } = /** @type {any} */ (await json(request));
  response.writeHead(202).end();
  endpoint.emit('notified', value[0]);
}).listen(0, '127.0.0.1');
await once(endpoint, 'listening');
const { port } = /** @type {import('node:net').AddressInfo} */ (endpoint.address());
const subscription = await me.api('/subscriptions').post({
  changeType: 'created',
  notificationUrl: `http://127.0.0.1:${port}/`,
  resource: "me/mailFolders('inbox')/messages",
  expirationDateTime: new Date(Date.now() + 3_600_000).toISOString(),
  clientState: 'ours',
});
const notified = once(endpoint, 'notified');
await me.api('/me/sendMail').post({ message: { subject: 'Notify', toRecipients: [recipient] } });
const [notification] = await notified;
const told = await me.api(`/${notification.resource}`).select('subject').get();
const later = new Date(Date.now() + 7_200_000).toISOString();
const renewed = await me.api(`/subscriptions/${subscription.id}`).patch({ expirationDateTime: later });
await me.api(`/subscriptions/${subscription.id}`).delete();
endpoint.close();
endpoint.closeAllConnections();
say('subscribe', {
  state: notification.clientState,
  subject: told.subject,
  renewed: renewed.expirationDateTime === later,
});

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
