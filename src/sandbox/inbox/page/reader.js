import { act, look } from './api.js';
import { openCompose } from './compose.js';
import { copyButton } from './copy.js';
import { byId, element } from './dom.js';
import { fullTime, person, size } from './format.js';
import { htmlView } from './html-view.js';
import { tabs } from './tabs.js';

/** @typedef {import('./types.d.ts').WholeMessage} WholeMessage */

/** Octets of the source that are shown at once. */
const sourceLimit = 256 * 1024;

const reader = byId('reader');

/** What the reader shows. @type {string | undefined} */
let shownId;

export function closeReader() {
  shownId = undefined;
  reader.replaceChildren(element('p', { class: 'empty' }, 'Choose a message.'));
}

/** @param {string} id */
export async function openInReader(id) {
  if (id === shownId) return;
  shownId = id;
  reader.setAttribute('aria-busy', 'true');
  const message = await look(`messages/${id}`);
  if (shownId !== id) return;
  reader.removeAttribute('aria-busy');
  if (message) show(message);
  else showGone();
}

/** Shows where the message is now. @param {string} id */
export async function refreshReader(id) {
  const response = await fetch(`/sandbox/messages/${id}`);
  if (shownId !== id) return;
  if (response.status === 404) return showGone();
  const place = reader.querySelector('.place');
  if (response.ok && place) place.textContent = placeOf(await response.json());
}

function showGone() {
  shownId = undefined;
  reader.replaceChildren(back(), element('p', { class: 'empty' }, 'This message is gone.'));
}

/** @param {WholeMessage} message */
function show(message) {
  reader.replaceChildren(
    back(),
    actions(message),
    element('h2', { dir: 'auto' }, message.subject || '(no subject)'),
    facts(message),
    ...(message.trouble === undefined
      ? []
      : [element('p', { class: 'problem' }, `It can't be read: ${message.trouble} Its source can be.`)]),
    ...tabs(views(message)),
  );
  reader.scrollTop = 0;
  reader.focus({ preventScroll: true });
}

function back() {
  return element('a', { href: '#/', class: 'back' }, '‹ Messages');
}

/** @param {WholeMessage} message */
function actions(message) {
  const { id } = message;
  const reply = element('button', { type: 'button' }, 'Reply');
  reply.addEventListener('click', () => openCompose(replyOf(message)));
  const remove = element('button', { type: 'button' }, 'Delete');
  remove.addEventListener('click', () => void deleteMessage(id));
  return element(
    'div',
    { class: 'actions' },
    reply,
    element(
      'a',
      { class: 'button', href: `/sandbox/messages/${id}/html`, target: '_blank', rel: 'noopener' },
      'Open alone',
    ),
    element('a', { class: 'button', href: `/sandbox/messages/${id}/message.eml`, download: '' }, 'Download'),
    remove,
  );
}

/** @param {string} id */
async function deleteMessage(id) {
  const row = document.querySelector(`#messages [data-key="${CSS.escape(id)}"]`);
  const next = row?.nextElementSibling ?? row?.previousElementSibling;
  await act('DELETE', `messages/${id}`);
  location.hash = next?.querySelector('a')?.hash ?? '#/';
}

/** @param {WholeMessage} message */
function replyOf({ from, replyTo, recipient, mailbox, subject, messageId, headers }) {
  const references = headers.find(({ name }) => name.toLowerCase() === 'references')?.value;
  return {
    to: (replyTo[0] ?? from)?.address ?? '',
    from: recipient ?? mailbox,
    subject: /^re:/i.test(subject) ? subject : `Re: ${subject}`,
    ...(messageId && {
      headers: { 'In-Reply-To': messageId, References: [references, messageId].filter(Boolean).join(' ') },
    }),
  };
}

/** @param {WholeMessage} message */
function facts(message) {
  const { from, to, cc, replyTo, recipient, receivedAt, code } = message;
  /** @type {[string, (Node | string)[]][]} */
  const rows = [
    ['From', [person(from)]],
    ['To', [to.map(person).join(', ') || '(nobody)']],
    ['Cc', [cc.map(person).join(', ')]],
    ['Reply to', [replyTo.map(person).join(', ')]],
    ['Delivered for', recipient ? [`${recipient} `, copyButton(recipient, 'the address')] : []],
    ['Received', [fullTime(receivedAt)]],
    ['Code', code ? [codeField(code), ' ', copyButton(code, 'the code')] : []],
    ['Lies in', [element('span', { class: 'place' }, placeOf(message))]],
  ];
  const shown = rows.filter(([, values]) => values.some((value) => value !== ''));
  return element(
    'dl',
    { class: 'facts' },
    ...shown.flatMap(([name, values]) => [element('dt', {}, name), element('dd', { dir: 'auto' }, ...values)]),
  );
}

/** A field, to be selected at once. @param {string} code */
function codeField(code) {
  const properties = { class: 'code', readOnly: true, value: code, size: code.length, 'aria-label': 'One-time code' };
  const field = element('input', properties);
  field.addEventListener('focus', () => field.select());
  return field;
}

/** @param {WholeMessage} message */
function placeOf({ mailbox, folder, isRead }) {
  return `${mailbox} · ${folder} · ${isRead ? 'read' : 'unread'}`;
}

/** @param {WholeMessage} message */
function views(message) {
  const { text, headers, links, attachments, hasHtml } = message;
  return [
    ...(hasHtml ? [{ name: 'HTML', show: () => htmlView(message) }] : []),
    { name: 'Text', show: () => element('pre', { class: 'text', dir: 'auto' }, text || '(empty)') },
    { name: 'Headers', show: () => headerTable(headers) },
    { name: 'Source', show: () => sourceView(message) },
    ...(links.length > 0 ? [{ name: `Links (${links.length})`, show: () => linkList(links) }] : []),
    ...(attachments.length > 0
      ? [{ name: `Attachments (${attachments.length})`, show: () => attachmentList(message) }]
      : []),
  ];
}

/** What leads on is opened without telling where from. @param {WholeMessage['links']} links */
function linkList(links) {
  const items = links.map(({ text, href }) =>
    element(
      'li',
      {},
      ...(text && text !== href ? [element('span', { dir: 'auto' }, text), ' '] : []),
      element('a', { href, target: '_blank', rel: 'noopener noreferrer' }, href),
      ' ',
      copyButton(href, `the address of ${text || href}`),
    ),
  );
  return element('ul', { class: 'links' }, ...items);
}

/** @param {WholeMessage['headers']} headers */
function headerTable(headers) {
  const rows = headers.map(({ name, value }) =>
    element('tr', {}, element('th', { scope: 'row' }, name), element('td', {}, value)),
  );
  return element('table', { class: 'headers' }, element('tbody', {}, ...rows));
}

/** @param {WholeMessage} message */
function sourceView({ id, size: octets }) {
  const code = element('pre', { class: 'source', tabIndex: 0 }, '...');
  void fetch(`/sandbox/messages/${id}/source?octets=${sourceLimit}`)
    .then((response) => response.text())
    .then((text) => (code.textContent = text));
  if (octets <= sourceLimit) return code;
  const rest = element(
    'a',
    { href: `/sandbox/messages/${id}/source`, target: '_blank', rel: 'noopener' },
    `all ${size(octets)}`,
  );
  return element('div', {}, element('p', {}, `The first ${size(sourceLimit)}; `, rest, '.'), code);
}

/** @param {WholeMessage} message */
function attachmentList({ id, attachments }) {
  const items = attachments.map(({ name, contentType, size: octets, isInline }, index) => {
    const link = element(
      'a',
      { href: `/sandbox/messages/${id}/attachments/${index}`, download: '', dir: 'auto' },
      name || '(no name)',
    );
    const about = `${contentType}, ${size(octets)}${isInline ? ', shown in the text' : ''}`;
    return element('li', {}, link, ' ', element('span', { class: 'quiet' }, about));
  });
  return element('ul', { class: 'attachments' }, ...items);
}
