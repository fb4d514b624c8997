import type { SandboxAttachment, SandboxMail } from '../message/compose-mail.js';
import { standardFolders } from '../store/standard-folders.js';
import { isRecord } from './fault-catalogue.js';

/** What a field has to be, and whether it is. */
type Check = readonly [wanted: string, holds: (value: unknown) => boolean];

const isText = (value: unknown): value is string => typeof value === 'string';

const folders: readonly string[] = standardFolders.map(([role]) => role);

const people: Check = ['an address or several', (value) => [value].flat().every(isText)];
const text: Check = ['a text', isText];

const checks: Readonly<Record<keyof SandboxMail, Check>> = {
  to: ['an address or several', (value) => value !== undefined && people[1](value)],
  cc: people,
  bcc: people,
  from: text,
  subject: text,
  text,
  html: text,
  attachments: [
    "a list of { filename, content, encoding?: 'base64', contentType?, contentId? }, all of them texts",
    (value) => Array.isArray(value) && value.every(isAttachment),
  ],
  headers: ['texts by name', (value) => isRecord(value) && Object.values(value).every(isText)],
  folder: [`one of ${folders.join(', ')}`, (value) => isText(value) && folders.includes(value)],
  receivedAt: ['a date as ISO 8601 writes it', (value) => isText(value) && !Number.isNaN(Date.parse(value))],
};

/** A mail as JSON. @throws TypeError with all that is wrong */
export function readMail(json: unknown): SandboxMail {
  if (!isRecord(json)) throw new TypeError('mail: an object is wanted');
  const mail: Readonly<Record<string, unknown>> = { to: undefined, subject: '', ...json };
  const faults = Object.entries(mail).flatMap(([name, value]) => faultOf(name, value) ?? []);
  if (faults.length > 0) throw new TypeError(`mail: ${faults.join('; ')}`);
  const { receivedAt } = mail;
  return { ...(mail as unknown as SandboxMail), ...(isText(receivedAt) && { receivedAt: new Date(receivedAt) }) };
}

function faultOf(name: string, value: unknown): string | undefined {
  if (!Object.hasOwn(checks, name)) return `'${name}' is none of ${Object.keys(checks).join(', ')}`;
  const [wanted, holds] = checks[name as keyof SandboxMail];
  return holds(value) ? undefined : `'${name}' has to be ${wanted}`;
}

const attachmentFields: readonly (keyof SandboxAttachment)[] = [
  'filename',
  'content',
  'encoding',
  'contentType',
  'contentId',
];

function isAttachment(value: unknown): boolean {
  if (!isRecord(value) || !isText(value['filename']) || !isText(value['content'])) return false;
  const isKnown = Object.entries(value).every(
    ([name, field]) => isText(field) && attachmentFields.some((it) => it === name),
  );
  return isKnown && ['base64', 'utf8', undefined].some((encoding) => encoding === value['encoding']);
}
