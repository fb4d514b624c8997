import { showProblem } from './api.js';
import { openCompose } from './compose.js';
import { addCopyButtons } from './copy.js';
import { byId } from './dom.js';
import { refreshFaults } from './faults.js';
import { follow } from './live.js';
import { focusSearch, refreshMessages, showMail } from './mail.js';
import { refreshRequests, showRequests } from './requests.js';

/** @type {Readonly<Record<string, () => void>>} */
const sections = { mail: () => showMail(openMessage()), requests: showRequests, faults() {}, connect() {} };

addEventListener('hashchange', showSection);
addEventListener('keydown', (event) => {
  if (event.key !== '/' || isTyping(event.target)) return;
  event.preventDefault();
  location.hash = '#/';
  focusSearch();
});
byId('new-mail').addEventListener('click', () => openCompose());
addCopyButtons(byId('connect'));
showSection();
follow((changed) => {
  if (changed.has('messages')) void refreshMessages();
  if (changed.has('requests')) void refreshRequests();
  // Faults that strike so many times count down with the requests.
  void refreshFaults();
});

/** `#/messages/ID` is the section `mail`, with a message open. */
function showSection() {
  showProblem('');
  const [, name = ''] = location.hash.split('/');
  const current = Object.hasOwn(sections, name) ? name : 'mail';
  for (const section of Object.keys(sections)) byId(section).hidden = section !== current;
  for (const link of document.querySelectorAll('nav a')) {
    const isCurrent = link.getAttribute('href') === (current === 'mail' ? '#/' : `#/${current}`);
    if (isCurrent) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  sections[current]?.();
}

/** The id of the message that the address names. */
function openMessage() {
  return /^#\/messages\/([\w-]+)$/.exec(location.hash)?.[1];
}

/** @param {EventTarget | null} target */
function isTyping(target) {
  return target instanceof Element && target.closest('input, textarea, select, dialog') !== null;
}
