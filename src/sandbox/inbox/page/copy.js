import { element } from './dom.js';

/**
 * A button that copies a text.
 * @param {string} text
 * @param {string} what names it for who can't see what it stands beside
 */
export function copyButton(text, what) {
  const button = element('button', { type: 'button', class: 'copy', 'aria-label': `Copy ${what}` }, 'Copy');
  button.addEventListener('click', () => {
    void copy(text, button);
  });
  return button;
}

/**
 * @param {string} text
 * @param {HTMLButtonElement} button says that it is done
 */
async function copy(text, button) {
  await navigator.clipboard.writeText(text);
  button.textContent = 'Copied';
  setTimeout(() => (button.textContent = 'Copy'), 1500);
}

/**
 * Gives every piece of settings its button.
 * @param {HTMLElement} panel
 */
export function addCopyButtons(panel) {
  for (const figure of panel.querySelectorAll('figure')) {
    const title = figure.querySelector('figcaption')?.textContent ?? '';
    figure.append(copyButton(figure.querySelector('code')?.textContent ?? '', title));
  }
}
