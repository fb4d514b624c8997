// Drives the IMAP door with node-imap: node node-imap.mjs HOST PORT USER PASSWORD. Prints one line of JSON for each step.
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import Imap from 'node-imap';

const [, , host = '', port = '', user = '', password = ''] = process.argv;
const say = (line) => console.log(JSON.stringify(line));

const client = new Imap({ host, port: Number(port), user, password, tls: true });
client.connect();
await once(client, 'ready');
const call = (name, ...args) => promisify(client[name].bind(client))(...args);

const { messages } = await call('openBox', 'INBOX', false);
say({ step: 'open', total: messages.total, folders: Object.keys(await call('getBoxes')).includes('Sent Items') });
const unseen = await call('search', ['UNSEEN']);
say({ step: 'search', found: unseen.length });
const [header, whole] = [await bodyOf(unseen, 'HEADER.FIELDS (SUBJECT)'), await bodyOf(unseen, '')];
say({ step: 'fetch', subject: Imap.parseHeader(header).subject, text: whole.includes('A text') });

await call('addFlags', unseen, ['\\Seen', '\\Flagged']);
say({
  step: 'store',
  unseen: (await call('search', ['UNSEEN'])).length,
  flagged: (await call('search', ['FLAGGED'])).length,
});
const arrived = once(client, 'mail');
await call('append', 'Subject: Appended\r\n\r\nx', { mailbox: 'INBOX' });
say({ step: 'append', arrived: (await arrived)[0] });
await call('addBox', 'Projects');
await call('move', unseen, 'Projects');
say({ step: 'move', left: (await call('search', ['ALL'])).length });
await call('openBox', 'Projects', false);
await call('addFlags', '1:*', '\\Deleted');
await call('expunge');
say({ step: 'expunge', left: (await call('search', ['ALL'])).length });
client.end();

/** What stands in the first message: it tells of each thing once, and at once. */
function bodyOf(uids, bodies) {
  return new Promise((resolve, reject) => {
    const fetched = client.fetch(uids, { bodies });
    fetched.on('message', (message) => message.on('body', (stream) => resolve(text(stream))));
    fetched.once('error', reject);
  });
}
