// Texts that make a reader slow which is not linear, for the readers as built. As a worker thread: does the case whose
// name it is sent, and says when it is done.
import { parentPort } from 'node:worker_threads';

const dist = '../../dist/mail';
const { deliveredTo } = await import(`${dist}/delivered-to.js`);
const { parseMessage } = await import(`${dist}/message/parse.js`);
const { Message } = await import(`${dist}/message/message.js`);
const { safeHtml } = await import(`${dist}/message/shown/safe-html.js`);
const { OwnAddress } = await import(`${dist}/message/shown/own-address.js`);
const { mismatches } = await import(`${dist}/message/filter/filter.js`);
const { parseXml } = await import(`${dist}/ews/xml-tree.js`);
const { EnvelopeSplitter } = await import(`${dist}/ews/envelope-splitter.js`);
const { offeredSchemes } = await import(`${dist}/ews/offered-schemes.js`);
const { readMime } = await import(`${dist}/graph/mime.js`);
const { isAddress } = await import('../../dist/input/is-address.js');
const { readTokenFailure } = await import('../../dist/auth/failures/token-failure.js');

/** Octets of each text. */
export const size = Number(process.env['ADVERSARIAL_SIZE'] ?? 250_000);

/** @param {string} unit */
const repeated = (unit) => unit.repeat(Math.ceil(size / unit.length)).slice(0, size);

/** A mail, and all that can be asked of one. @param {string} head @param {string} body */
async function read(head, body) {
  const source = Buffer.from(`${head}\r\n\r\n${body}`, 'latin1');
  const parsed = await parseMessage({ ref: {}, source });
  const message = new Message(parsed, { receivedAt: new Date(), source, ownAddresses: [] });
  for (const ask of [() => message.links, () => message.codes, () => message.code(), () => message.link('x')]) {
    orRefused(ask);
  }
  await mismatches(message, { text: 'no such text', link: /x{3}/, code: /x{3}/, from: 'a@b.c', header: { x: 'y' } });
  await safeHtml(message.html, { title: '', own: new OwnAddress('x') });
}

/** @param {() => unknown} action */
function orRefused(action) {
  try {
    action();
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'ExchangeError') throw error;
  }
}

/** @param {string} text @param {number} length */
function* pieces(text, length) {
  for (let at = 0; at < text.length; at += length) yield Buffer.from(text.slice(at, at + length));
}

const addresses = ['a', 'a.', 'a@', ' for', ' for  ', '<', '(', '"a" ', 'g:', 'a, ', '"', '\\"', '=?', '=?a?Q?'];

const bodies = [
  'a',
  ' ',
  '1',
  '1 ',
  '123-12 ',
  'one-',
  'a@',
  'a.',
  '//a',
  'www.',
  'http://a.b/',
  'http://',
  '(',
  '>',
  '> a\r\n',
  '<https://a\r\n',
  '\r\n',
  'a \r\n',
  '\r',
  'code 1234\r\n',
  '123456\r\n',
  '123456\r\n\r\n',
  '2026-',
  '١٢٣',
  '=',
  '=\r\n',
  '__',
  '--\r\n',
  'On 1 wrote:',
];

const markup = [
  '<div>',
  '<table><tr><td>',
  '<ul><li>',
  '<b a="',
  '<a href="',
  '<a href=x>',
  '<a href=x>t<b>',
  '<!--',
  '&amp',
  '<',
  '<blockquote>a',
  '<p>1</p>',
  '<span style="color:red;',
  '<style>a{',
  '<svg>',
  '<title>',
  '<![CDATA[',
  '</',
  'cid:',
  '<img src=cid:a>',
  '<base href=x>',
  '<font>',
  '<td>1',
  '<p hidden>',
  '<area href=x>',
  '<template>',
  '<select>',
];

const styles = ['a{', 'url(', '/*', '\\', 'color:red;', '@import ', '(', '"', 'a,', 'display:none;', '!important '];

const header = {
  date: ['1 ', 'Mon, ', '('],
  references: ['<', '<a@b> '],
  'content-type': [';', 'text/plain; a=b; ', "text/plain; name*0*=utf-8''a; ", 'multipart/mixed; boundary="', '/'],
  'content-disposition': ['attachment; filename*0=a; ', 'attachment; filename="', ';'],
  'content-transfer-encoding': ['base64 ', ';'],
  'list-unsubscribe': ['<mailto:a>, ', '<', ','],
  'authentication-results': ['a; spf=pass ', '(', ';', 'spf=', '"', 'a; dkim=pass header.d=b; '],
  received: [' for', 'from a by b for <', ';', '('],
  'auto-submitted': ['a;', '('],
  'x-microsoft-antispam': ['a:b;', ';'],
};

const types = {
  'text/calendar': ['BEGIN:VEVENT\r\n', 'ATTENDEE;CN="a":mailto:a\r\n', ' ', 'RRULE:FREQ=DAILY;', 'a', '\r\n ', ':;'],
  'message/delivery-status': ['Status: 5.1.1\r\n', 'a', '\r\n', 'Final-Recipient: rfc822;', 'Diagnostic-Code: '],
  'message/rfc822': ['Content-Type: message/rfc822\r\n\r\n', 'a: b\r\n'],
  'text/plain; format=flowed; delsp=yes': ['a \r\n', '>', '> '],
  'text/plain; charset=utf-7': ['+', '+AGE-', '+AGE'],
  'text/plain; charset=iso-2022-jp': ['\x1b$B', '\x1b'],
  'multipart/mixed; boundary=b': [
    '--b\r\n\r\nx\r\n',
    '--b\r\n',
    '--b--\r\n',
    '--',
    '--b\r\nContent-Type: text/plain\r\n',
  ],
  'multipart/mixed; boundary=b ': ['--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n'],
};

const encodings = {
  'quoted-printable': ['=', ' ', '=3D', '=\r\n'],
  base64: ['!', 'a', 'a='],
  'x-uuencode': ['begin 644 a\r\n', 'M'],
};

/** @type {Record<string, () => unknown>} */
export const cases = {};

/** @param {string} where @param {readonly string[]} units @param {(text: string) => unknown} reader */
function add(where, units, reader) {
  for (const unit of units) cases[`${where}: ${JSON.stringify(unit)}`] = () => reader(repeated(unit));
}

for (const name of ['To', 'Received']) {
  add(`addresses of ${name}`, addresses, (value) => deliveredTo([{ name, value }]));
}
for (const name of ['To', 'Subject']) add(`${name} field`, addresses, (text) => read(`${name}: ${text}`, 'b'));
for (const [name, units] of Object.entries(header))
  add(`${name} field`, units, (text) => read(`${name}: ${text}`, 'b'));
add('header', ['A: b\r\n', 'X: a\r\n ', 'a', ':', '\r\n '], (text) => read(text, 'b'));
add('text', bodies, (text) => read('Subject: x', text));
add('HTML text', [' ', '1 ', '>', 'a.', 'http://a.b/', 'code 1234\r\n'], (text) =>
  read('Subject: x\r\nContent-Type: text/html', text),
);
add('HTML', markup, (text) => read('Subject: x\r\nContent-Type: text/html', text));
add('style sheet', styles, (text) => read('Content-Type: text/html', `<style>${text}</style><p>1234`));
add('style', styles, (text) => read('Content-Type: text/html', `<p style='${text}'>1234`));
for (const [type, units] of Object.entries(types)) add(type, units, (text) => read(`Content-Type: ${type}`, text));
for (const [name, units] of Object.entries(encodings)) {
  add(name, units, (text) => read(`Content-Transfer-Encoding: ${name}`, text));
}
add('EWS answer', ['<b>', '<', '&#65;', ']', '<MimeContent>', '<MimeContent ', 'x="', '<!--', '<?'], (text) =>
  orRefused(() => parseXml(`<a>${text}`)),
);
add('EWS stream', ['<Envelope', '<Envelope>', '</Envelope>', '<'], (text) => {
  const splitter = new EnvelopeSplitter();
  orRefused(() => {
    for (const piece of pieces(text, 7)) splitter.push(piece);
  });
});
add('WWW-Authenticate', ['"', '\\"', 'Basic ', 'Bearer a=b, ', ','], (text) =>
  offeredSchemes({ 'www-authenticate': text }),
);
add('Graph source', ['a', ':', 'a:', '\r\n'], (text) => orRefused(() => readMime(text)));
add('address', [...addresses, 'a b@'], (text) => isAddress(text));
add('token failure', ['AADSTS', ' Trace ID: ', 'AADSTS50173: ', '\r\n'], (text) =>
  readTokenFailure(400, { error: 'invalid_grant', error_description: text }),
);

parentPort?.on('message', async (/** @type {string} */ name) => {
  await cases[name]?.();
  parentPort?.postMessage(name);
});
