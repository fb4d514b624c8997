import { element } from './dom.js';

/** @typedef {{ readonly name: string, readonly show: () => HTMLElement }} View */

/** The kind of view that was chosen last: the next message opens with it too, where it has it. */
let chosen = '';

/**
 * Views of one thing, one at a time: https://www.w3.org/WAI/ARIA/apg/patterns/tabs/
 * @param {readonly View[]} views
 */
export function tabs(views) {
  const panel = element('div', { role: 'tabpanel', class: 'view', tabIndex: 0, id: 'view' });
  const buttons = views.map(({ name }, index) =>
    element('button', { type: 'button', role: 'tab', id: `tab-${index}`, 'aria-controls': 'view' }, name),
  );
  const select = (/** @type {number} */ index) => {
    for (const [at, button] of buttons.entries()) {
      button.setAttribute('aria-selected', String(at === index));
      button.tabIndex = at === index ? 0 : -1;
    }
    panel.setAttribute('aria-labelledby', `tab-${index}`);
    panel.replaceChildren(...(views[index] ? [views[index].show()] : []));
  };
  for (const [index, button] of buttons.entries()) {
    button.addEventListener('click', () => {
      chosen = kindOf(views[index]);
      select(index);
    });
  }
  const bar = element('div', { role: 'tablist', class: 'tabs', 'aria-label': 'Views of the message' }, ...buttons);
  bar.addEventListener('keydown', (event) => {
    const current = buttons.findIndex((button) => button === event.target);
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (current < 0 || step === undefined) return;
    const next = buttons[(current + step + buttons.length) % buttons.length];
    next?.click();
    next?.focus();
  });
  select(
    Math.max(
      0,
      views.findIndex((view) => kindOf(view) === chosen),
    ),
  );
  return [bar, panel];
}

/** Its name without what is counted. @param {View | undefined} view */
function kindOf(view) {
  return view?.name.replace(/ \(.*/, '') ?? '';
}
