import { element } from './dom.js';

/** How mails are looked at, from one to the next. */
const look = {
  width: 'Desktop',
  colours: matchMedia('(prefers-color-scheme: dark)').matches ? 'Dark' : 'Light',
  hasRemoteContent: false,
};

/**
 * The mail as a reader sees it, in a frame that can do nothing: no script, no origin, no forms.
 * @param {import('./types.d.ts').WholeMessage} message
 */
export function htmlView({ id, subject, hasRemoteContent }) {
  const frame = element('iframe', {
    title: `Message: ${subject || '(no subject)'}`,
    referrerPolicy: 'no-referrer',
  });
  frame.setAttribute('sandbox', 'allow-popups allow-popups-to-escape-sandbox');
  const dress = () => {
    frame.className = look.width.toLowerCase();
    frame.style.colorScheme = look.colours.toLowerCase();
  };
  const load = () => {
    frame.src = `/sandbox/messages/${id}/html${look.hasRemoteContent ? '?remote' : ''}`;
  };
  dress();
  load();
  const choose = (/** @type {'width' | 'colours'} */ name) => (/** @type {string} */ value) => {
    look[name] = value;
    dress();
  };
  const bar = element(
    'div',
    { class: 'looks' },
    choice('Width', ['Desktop', 'Phone'], look.width, choose('width')),
    choice('Colours', ['Light', 'Dark'], look.colours, choose('colours')),
    hasRemoteContent &&
      toggle('Remote content', look.hasRemoteContent, (isOn) => {
        look.hasRemoteContent = isOn;
        load();
      }),
  );
  return element('div', { class: 'html' }, bar, element('div', { class: 'stage' }, frame));
}

/**
 * @param {string} name
 * @param {readonly string[]} values
 * @param {string} current
 * @param {(value: string) => void} choose
 */
function choice(name, values, current, choose) {
  const options = values.map((value) => {
    const radio = element('input', { type: 'radio', name, value, checked: value === current });
    radio.addEventListener('change', () => choose(value));
    return element('label', {}, radio, element('span', {}, value));
  });
  return element('fieldset', { class: 'choice' }, element('legend', { class: 'hidden' }, name), ...options);
}

/**
 * @param {string} name
 * @param {boolean} isOn
 * @param {(isOn: boolean) => void} change
 */
function toggle(name, isOn, change) {
  const box = element('input', { type: 'checkbox', checked: isOn });
  box.addEventListener('change', () => change(box.checked));
  return element('label', {}, box, ` ${name}`);
}
