import { act, look } from './api.js';
import { coalesce } from './coalesce.js';
import { byId, element, showItems } from './dom.js';
import { count, fullTime, person, shortTime } from './format.js';
import { closeReader, openInReader, refreshReader } from './reader.js';

/** @typedef {import('./types.d.ts').Message} Message */
/** @typedef {import('./types.d.ts').Mailbox} Mailbox */

/** Messages that are shown at first, and that each "Show older" adds. */
const portion = 200;

const mailboxes = /** @type {HTMLSelectElement} */ (byId('mailboxes'));
const search = /** @type {HTMLInputElement} */ (byId('search'));
const list = byId('messages');

let limit = portion;
/** @type {string | undefined} */
let openId;
/** What was shown since the question was last changed: what is none of it has just come. @type {Set<string> | undefined} */
let known;
/** What came while the page was open, and was not opened yet. @type {Set<string>} */
const unseen = new Set();

mailboxes.addEventListener('change', askAnew);
search.addEventListener('input', debounce(askAnew, 150));
search.form?.addEventListener('submit', (event) => event.preventDefault());
byId('more').addEventListener('click', () => {
  limit += portion;
  known = undefined;
  void refreshMessages();
});
byId('clear').addEventListener('click', () => void deleteAll());
list.addEventListener('keydown', walk);

/** @param {string | undefined} id of the message to open */
export function showMail(id) {
  openId = id;
  byId('mail').classList.toggle('open', id !== undefined);
  markOpen();
  if (id === undefined) closeReader();
  else void openInReader(id);
}

export function focusSearch() {
  search.focus();
}

export const refreshMessages = coalesce(async () => {
  const query = new URLSearchParams({ limit: String(limit + 1) });
  if (mailboxes.value) query.set('mailbox', mailboxes.value);
  if (search.value.trim()) query.set('search', search.value);
  const answer = await look(`messages?${query}`);
  if (!answer) return;
  showMailboxes(answer.mailboxes);
  showMessages(answer.messages);
  if (openId !== undefined) await refreshReader(openId);
});

function askAnew() {
  known = undefined;
  limit = portion;
  void refreshMessages();
}

/** @param {readonly Message[]} messages one more than are shown, where there are more */
function showMessages(messages) {
  const shown = messages.slice(0, limit);
  noteArrivals(shown);
  showItems(list, shown, { key: ({ id }) => id, make: makeRow, update: updateRow });
  byId('more').hidden = messages.length <= limit;
  byId('message-count').textContent = messages.length > limit ? `The last ${limit}` : count(shown.length, 'message');
  byId('clear').hidden = shown.length === 0 || search.value.trim() !== '';
  const isAsking = search.value.trim() !== '' || mailboxes.value !== '';
  byId('no-messages').hidden = shown.length > 0;
  byId('no-messages').replaceChildren(...(isAsking ? ['Nothing found.'] : noMailYet()));
  markOpen();
}

function noMailYet() {
  return [
    element('p', {}, 'No mail yet. What your application sends to this sandbox appears here.'),
    element('p', {}, element('a', { href: '#/connect' }, 'How to connect')),
  ];
}

/** @param {readonly Message[]} messages */
function noteArrivals(messages) {
  const before = known;
  known = new Set(messages.map(({ id }) => id));
  const arrived = before ? messages.filter(({ id }) => !before.has(id) && id !== openId) : [];
  for (const { id } of arrived) unseen.add(id);
  if (arrived.length > 0) byId('announcer').textContent = `New: ${arrived.map(({ subject }) => subject).join(', ')}`;
  showUnseen();
}

function showUnseen() {
  document.title = unseen.size > 0 ? `(${unseen.size}) Sandbox` : 'Sandbox';
}

/** @param {readonly Mailbox[]} found */
function showMailboxes(found) {
  const total = found.reduce((sum, { messages }) => sum + messages, 0);
  const choices = [{ address: '', messages: total }, ...found];
  const label = (/** @type {Mailbox} */ { address, messages }) => `${address || 'All mailboxes'} (${messages})`;
  showItems(mailboxes, choices, {
    key: ({ address }) => address,
    make: (mailbox) => element('option', { value: mailbox.address }, label(mailbox)),
    update: (option, mailbox) => (option.textContent = label(mailbox)),
  });
}

/** @param {Message} message */
function makeRow(message) {
  const { id, from, subject, receivedAt } = message;
  const row = element(
    'li',
    {},
    element(
      'a',
      { href: `#/messages/${id}` },
      element('span', { class: 'from', dir: 'auto' }, from?.name || from?.address || person(undefined)),
      element('time', { dateTime: receivedAt, title: fullTime(receivedAt) }, shortTime(receivedAt)),
      element('span', { class: 'subject', dir: 'auto' }, subject || '(no subject)'),
      element('span', { class: 'to' }),
    ),
  );
  updateRow(row, message);
  return row;
}

/**
 * @param {HTMLElement} row
 * @param {Message} message
 */
function updateRow(row, { id, recipient, to, mailbox, folder }) {
  row.classList.toggle('unseen', unseen.has(id));
  const whom = recipient ?? to[0]?.address ?? mailbox;
  const place = folder === 'Inbox' ? '' : ` · ${folder}`;
  const shown = row.querySelector('.to');
  if (shown) shown.textContent = `to ${whom}${place}`;
}

function markOpen() {
  if (openId !== undefined) unseen.delete(openId);
  showUnseen();
  for (const row of list.children) {
    const isOpen = /** @type {HTMLElement} */ (row).dataset['key'] === openId;
    if (isOpen) row.classList.remove('unseen');
    if (isOpen) row.firstElementChild?.setAttribute('aria-current', 'true');
    else row.firstElementChild?.removeAttribute('aria-current');
  }
}

async function deleteAll() {
  const where = mailboxes.value;
  const what = where ? `everything in ${where}` : 'all messages of all mailboxes';
  if (!confirm(`Delete ${what}?`)) return;
  await act('DELETE', where ? `messages?mailbox=${encodeURIComponent(where)}` : 'messages');
  location.hash = '#/';
}

/** The arrow keys go from message to message. @param {KeyboardEvent} event */
function walk(event) {
  const row = /** @type {Element} */ (event.target).closest('li');
  const steps = {
    ArrowDown: row?.nextElementSibling,
    ArrowUp: row?.previousElementSibling,
    Home: list.firstElementChild,
    End: list.lastElementChild,
  };
  if (!Object.hasOwn(steps, event.key)) return;
  event.preventDefault();
  const link = steps[/** @type {keyof typeof steps} */ (event.key)]?.querySelector('a');
  link?.focus();
}

/**
 * @param {() => void} run
 * @param {number} pause milliseconds
 */
function debounce(run, pause) {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = window.setTimeout(run, pause);
  };
}
