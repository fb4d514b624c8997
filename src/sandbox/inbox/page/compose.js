import { act } from './api.js';
import { byId, element } from './dom.js';

/** @typedef {{ to?: string, from?: string, subject?: string, headers?: Record<string, string> }} Draft */

const dialog = /** @type {HTMLDialogElement} */ (byId('compose'));

/**
 * A mail to put into the sandbox's mailboxes, as if it had come from outside.
 * @param {Draft} [draft]
 */
export function openCompose(draft = {}) {
  const form = element(
    'form',
    { method: 'dialog' },
    element('h2', { id: 'compose-title' }, draft.headers ? 'Reply' : 'New mail'),
    field('From', 'from', { value: draft.from ?? 'no-reply@contoso.com' }),
    field('To', 'to', { value: draft.to ?? '', required: true, placeholder: 'qa@contoso.com' }),
    field('Cc', 'cc'),
    field('Subject', 'subject', { value: draft.subject ?? '' }),
    area('Text', 'text', 8),
    element('details', {}, element('summary', {}, 'HTML'), area('HTML', 'html', 8)),
    field('Attachments', 'attachments', { type: 'file', multiple: true }),
    folderField(),
    element('p', { class: 'problem', role: 'alert', hidden: true }),
    element(
      'div',
      { class: 'buttons' },
      element('button', { type: 'button', class: 'cancel' }, 'Cancel'),
      element('button', { class: 'primary' }, 'Deliver'),
    ),
  );
  form.querySelector('.cancel')?.addEventListener('click', () => dialog.close());
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void deliver(form, draft);
  });
  form.querySelector(draft.to ? 'textarea' : '[name=to]')?.setAttribute('autofocus', '');
  dialog.replaceChildren(form);
  dialog.showModal();
}

/**
 * @param {HTMLFormElement} form
 * @param {Draft} draft
 */
async function deliver(form, { headers }) {
  const problem = /** @type {HTMLElement} */ (form.querySelector('.problem'));
  try {
    await act('POST', 'deliver', { ...(await readForm(new FormData(form))), ...(headers && { headers }) });
    dialog.close();
  } catch (error) {
    problem.textContent = error instanceof Error ? error.message : String(error);
    problem.hidden = false;
  }
}

/** @param {FormData} data */
async function readForm(data) {
  const texts = [...data].filter(([, value]) => typeof value === 'string' && value.trim() !== '');
  const files = data.getAll('attachments').filter((file) => file instanceof File && file.size > 0);
  const attachments = await Promise.all(files.map((file) => readFile(/** @type {File} */ (file))));
  return { subject: '', ...Object.fromEntries(texts), ...(attachments.length > 0 && { attachments }) };
}

/** @param {File} file */
async function readFile(file) {
  const octets = new Uint8Array(await file.arrayBuffer());
  const content = btoa(octets.reduce((text, octet) => text + String.fromCharCode(octet), ''));
  return { filename: file.name, content, encoding: 'base64', ...(file.type && { contentType: file.type }) };
}

/**
 * @param {string} label
 * @param {string} name
 * @param {Record<string, string | number | boolean>} [properties]
 */
function field(label, name, properties = {}) {
  return element(
    'label',
    {},
    element('span', {}, label),
    element('input', { name, autocomplete: 'off', ...properties }),
  );
}

/**
 * @param {string} label
 * @param {string} name
 * @param {number} rows
 */
function area(label, name, rows) {
  return element(
    'label',
    { class: 'area' },
    element('span', {}, label),
    element('textarea', { name, rows, dir: 'auto' }),
  );
}

function folderField() {
  const folders = { inbox: 'Inbox', junkemail: 'Junk Email' };
  const options = Object.entries(folders).map(([value, name]) => element('option', { value }, name));
  return element('label', {}, element('span', {}, 'Folder'), element('select', { name: 'folder' }, ...options));
}
