import type { SandboxMail } from '../message/compose-mail.js';
import type { FolderRole } from '../store/store.js';

const folders: readonly FolderRole[] = ['inbox', 'sentitems', 'drafts', 'deleteditems', 'junkemail'];
const names = ['to', 'from', 'subject', 'text', 'html', 'folder', 'receivedAt'];

/** A mail as JSON. @throws TypeError with what is wrong */
export function readMail(json: unknown): SandboxMail {
  if (typeof json !== 'object' || json === null) throw new TypeError('mail: an object is wanted');
  const fields = new Map<string, unknown>(Object.entries(json));
  const unknown = [...fields.keys()].find((name) => !names.includes(name));
  if (unknown !== undefined) throw new TypeError(`mail: '${unknown}' is none of ${names.join(', ')}`);
  const to = [fields.get('to')].flat();
  if (!to.every((address) => typeof address === 'string'))
    throw new TypeError("mail: 'to' has to be an address or several");
  const texts = ['from', 'subject', 'text', 'html'].filter((name) => fields.has(name));
  const wrong = texts.find((name) => typeof fields.get(name) !== 'string');
  if (wrong) throw new TypeError(`mail: '${wrong}' has to be a text`);
  return {
    subject: '',
    ...Object.fromEntries(texts.map((name) => [name, fields.get(name)])),
    to,
    ...(fields.has('folder') && { folder: readFolder(fields.get('folder')) }),
    ...(fields.has('receivedAt') && { receivedAt: readDate(fields.get('receivedAt')) }),
  };
}

function readFolder(value: unknown): FolderRole {
  const folder = folders.find((name) => name === value);
  if (!folder) throw new TypeError(`mail: 'folder' has to be one of ${folders.join(', ')}`);
  return folder;
}

function readDate(value: unknown): Date {
  const date = new Date(typeof value === 'string' ? value : NaN);
  if (Number.isNaN(date.getTime())) throw new TypeError("mail: 'receivedAt' has to be a date as ISO 8601 writes it");
  return date;
}
