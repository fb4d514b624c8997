import { act, look } from './api.js';
import { coalesce } from './coalesce.js';
import { byId, element, showItems } from './dom.js';
import { fullTime, shortTime } from './format.js';

/** @typedef {import('./types.d.ts').Request} Request */

const services = ['Sign-in', 'Autodiscover', 'EWS', 'Graph', 'IMAP', 'SMTP', 'Webhook', 'other'];

const service = /** @type {HTMLSelectElement} */ (byId('service'));
const failures = /** @type {HTMLInputElement} */ (byId('failures'));

service.append(
  element('option', { value: '' }, 'All doors'),
  ...services.map((value) => element('option', { value }, value)),
);
service.addEventListener('change', () => void refreshRequests());
failures.addEventListener('change', () => void refreshRequests());
byId('forget').addEventListener('click', () => void act('DELETE', 'requests'));

export function showRequests() {
  void refreshRequests();
}

/** Asks only while somebody looks. */
export const refreshRequests = coalesce(async () => {
  if (byId('requests').hidden) return;
  const answer = await look('requests');
  if (!answer) return;
  /** @type {readonly Request[]} */
  const requests = answer.requests;
  const shown = requests
    .filter((each) => service.value === '' || each.service === service.value)
    .filter((each) => !failures.checked || each.isFailure);
  showItems(byId('exchanges'), shown, { key: ({ id }) => String(id), make: makeRow, update: updateRow });
  byId('no-exchanges').hidden = shown.length > 0;
});

/** @param {Request} request */
function makeRow(request) {
  const details = element(
    'details',
    {},
    element(
      'summary',
      {},
      element(
        'time',
        { dateTime: request.receivedAt, title: fullTime(request.receivedAt) },
        shortTime(request.receivedAt),
      ),
      element('span', { class: 'service' }, request.service),
      element('span', { class: 'title' }),
      element('span', { class: 'outcome' }),
    ),
  );
  details.addEventListener('toggle', () => {
    if (details.open) void showWhole(details, request.id);
  });
  const row = element('li', {}, details);
  updateRow(row, request);
  return row;
}

/**
 * @param {HTMLElement} row
 * @param {Request} request
 */
function updateRow(row, { id, title, outcome, isFailure, milliseconds, connection }) {
  const [shownTitle, shownOutcome] = [row.querySelector('.title'), row.querySelector('.outcome')];
  if (!shownTitle || !shownOutcome) return;
  const text = outcome === undefined ? 'under way' : `${outcome} · ${milliseconds} ms`;
  const hasChanged = shownOutcome.textContent !== text;
  shownTitle.textContent = title;
  /** @type {HTMLElement} */ (shownTitle).title =
    connection === undefined ? title : `${title} (connection ${connection})`;
  shownOutcome.textContent = text;
  row.classList.toggle('failure', isFailure);
  const details = row.querySelector('details');
  if (hasChanged && details?.open) void showWhole(details, id);
}

/**
 * @param {HTMLDetailsElement} details
 * @param {number} id
 */
async function showWhole(details, id) {
  /** @type {import('./types.d.ts').WholeRequest | undefined} */
  const whole = await look(`requests/${id}`);
  if (!whole) return;
  const sides = [
    ['Request', whole.request],
    ['Answer', whole.answer || '(nothing yet)'],
  ];
  const shown = sides.map(([name, text]) =>
    element('section', {}, element('h3', {}, name ?? ''), element('pre', { tabIndex: 0 }, text ?? '')),
  );
  details.querySelector('.sides')?.remove();
  details.append(element('div', { class: 'sides' }, ...shown));
}
