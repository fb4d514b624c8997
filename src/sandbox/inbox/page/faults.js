import { act, look } from './api.js';
import { coalesce } from './coalesce.js';
import { byId, element } from './dom.js';
import { count } from './format.js';

/** @typedef {import('./types.d.ts').Fault} Fault */

/**
 * What there is to fill in, by the kind of a fault: the name within its value, what it says beside it, and whether it is
 * a text instead of a number.
 * @type {Readonly<Record<Exclude<Fault['kind'], 'switch'>, readonly { name: string, label: string, isText?: boolean }[]>>}
 */
const fields = {
  requests: [{ name: '', label: 'requests' }],
  limit: [{ name: '', label: 'at once' }],
  milliseconds: [{ name: '', label: 'ms' }],
  octets: [{ name: '', label: 'octets' }],
  share: [{ name: '', label: 'of 1' }],
  busy: [
    { name: 'times', label: 'requests' },
    { name: 'backOffMilliseconds', label: 'ms to back off' },
  ],
  throttle: [
    { name: 'times', label: 'requests' },
    { name: 'retryAfterSeconds', label: 's to wait' },
  ],
  failure: [
    { name: 'code', label: 'AADSTS' },
    { name: 'times', label: 'requests (all, if empty)' },
  ],
  refusal: [
    { name: 'code', label: 'code', isText: true },
    { name: 'times', label: 'times (always, if empty)' },
  ],
  message: [
    { name: 'subject', label: 'subject', isText: true },
    { name: 'part', label: 'source, or all', isText: true },
    { name: 'code', label: 'code', isText: true },
    { name: 'times', label: 'requests (all, if empty)' },
  ],
};

const list = byId('fault-list');

export const refreshFaults = coalesce(async () => {
  const answer = await look('faults');
  if (!answer) return;
  /** @type {readonly Fault[]} */
  const faults = answer.faults;
  showCount(faults.filter(({ isOn }) => isOn).length);
  if (list.childElementCount === 0) build(faults);
  for (const fault of faults) update(fault);
});

/** @param {number} number of faults that are on */
function showCount(number) {
  const shown = byId('fault-count');
  shown.hidden = number === 0;
  shown.textContent = String(number);
  shown.title = `${count(number, 'fault')} on`;
}

/** @param {readonly Fault[]} faults */
function build(faults) {
  const end = element('button', { type: 'button', id: 'end-faults' }, 'End all faults');
  end.addEventListener('click', () => void set(Object.fromEntries(faults.map(({ name, off }) => [name, off ?? null]))));
  const doors = [...new Set(faults.map(({ door }) => door))];
  const groups = doors.map((door) =>
    element('fieldset', {}, element('legend', {}, door), ...faults.filter((fault) => fault.door === door).map(row)),
  );
  list.append(element('p', {}, end), ...groups);
}

/** @param {Fault} fault */
function row(fault) {
  const { name, kind, effect } = fault;
  const inputs = kind === 'switch' ? [switchInput(fault)] : fields[kind].map((field) => fieldInput(fault, field));
  return element(
    'div',
    { class: 'fault', 'data-fault': name },
    element('div', { class: 'name' }, element('code', {}, name), element('span', { class: 'effect' }, effect)),
    element('div', { class: 'inputs' }, ...inputs),
  );
}

/** @param {Fault} fault */
function switchInput({ name }) {
  const input = element('input', { type: 'checkbox', role: 'switch', 'aria-label': name });
  input.addEventListener('change', () => void set({ [name]: input.checked }));
  return input;
}

/**
 * @param {Fault} fault
 * @param {{ readonly name: string, readonly label: string, readonly isText?: boolean }} field
 */
function fieldInput({ name, kind }, field) {
  const number = {
    type: 'number',
    min: '0',
    step: kind === 'share' ? '0.05' : '1',
    ...(kind === 'share' && { max: '1' }),
  };
  const input = element('input', {
    ...(field.isText ? { type: 'text' } : number),
    'data-field': field.name,
    'aria-label': `${name}: ${field.label}`,
  });
  input.addEventListener('input', () => (input.dataset['typed'] = ''));
  input.addEventListener('change', () => {
    const value = valueOf(name, kind);
    for (const each of inputsOf(name)) delete each.dataset['typed'];
    void set({ [name]: value });
  });
  return element('label', {}, input, ` ${field.label}`);
}

/**
 * What the inputs of a fault say.
 * @param {string} name
 * @param {Fault['kind']} kind
 */
function valueOf(name, kind) {
  const inputs = inputsOf(name);
  if (inputs.length === 1) return Number(inputs[0]?.value);
  const entries = inputs
    .filter(({ value }) => value !== '')
    .map((input) => [input.dataset['field'], input.type === 'text' ? input.value : Number(input.value)]);
  if (['failure', 'refusal', 'message'].includes(kind) && inputs[0]?.value === '') return null;
  return Object.fromEntries(entries);
}

/** @param {Record<string, unknown>} changes */
async function set(changes) {
  await act('POST', 'faults', changes).catch(() => undefined);
  await refreshFaults();
}

/** Shows what a fault is set to, but not over what somebody is typing. @param {Fault} fault */
function update({ name, value, isOn }) {
  list.querySelector(`[data-fault="${name}"]`)?.classList.toggle('on', isOn);
  for (const input of inputsOf(name)) {
    if (input.dataset['typed'] !== undefined) continue;
    if (input.type === 'checkbox') input.checked = value === true;
    else input.value = fieldOf(value, input.dataset['field'] ?? '');
  }
}

/**
 * @param {unknown} value
 * @param {string} field nothing where the value has none
 */
function fieldOf(value, field) {
  const own = field === '' ? value : /** @type {Record<string, unknown> | null | undefined} */ (value)?.[field];
  return typeof own === 'number' || typeof own === 'string' ? String(own) : '';
}

/** @param {string} name */
function inputsOf(name) {
  return /** @type {HTMLInputElement[]} */ ([...list.querySelectorAll(`[data-fault="${name}"] input`)]);
}
