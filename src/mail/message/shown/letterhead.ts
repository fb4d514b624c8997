import type { Message } from '../message.js';
import type { Attachment } from '../attachment.js';
import type { Address } from '../../transport.js';
import { escapeHtml } from './escape-html.js';

export interface MailPicture {
  /** A PNG of the mail itself. */
  readonly picture: Buffer;
  readonly isCutOff: boolean;
}

/** How many addresses and files are listed, and how many characters of each text. */
const limits = { entries: 20, characters: 200 };

/** A page with the head of a message, as mail clients show it, and the picture of the mail below. */
export function letterhead(message: Message, { picture, isCutOff }: MailPicture): string {
  const { subject, from, to, cc, date, attachments } = message;
  const rows = [
    ['From', (from ? [from] : []).map(describeAddress)],
    ['To', to.map(describeAddress)],
    ['Cc', cc.map(describeAddress)],
    ['Date', date ? [date.toUTCString()] : []],
    ['Files', attachments.map(describeFile)],
  ] as const;
  return [
    `<!doctype html><meta charset="utf-8"><style>${style}</style>`,
    `<header><h1>${text(subject || '(no subject)')}</h1><dl>`,
    ...rows.map(([name, entries]) => (entries.length > 0 ? `<dt>${name}</dt><dd>${list(entries)}</dd>` : '')),
    `</dl></header><img alt="" src="data:image/png;base64,${picture.toString('base64')}">`,
    isCutOff ? '<footer>The mail goes on.</footer>' : '',
  ].join('\n');
}

const style = `
  body { margin: 0; background: #fff; color: #1b1b1b; font: 14px/1.5 "Segoe UI", Arial, Helvetica, sans-serif }
  header { padding: 16px 20px; border-bottom: 1px solid #ccc; background: #f6f6f6; overflow-wrap: anywhere }
  h1 { margin: 0 0 8px; font-size: 20px; line-height: 1.3 }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 12px; margin: 0 }
  dt, footer { color: #666 }
  dd { margin: 0 }
  img { display: block; max-width: 100% }
  footer { padding: 8px 20px; border-top: 1px solid #ccc }`;

function describeAddress({ name, address }: Address): string {
  return name ? `${name} <${address}>` : address;
}

function describeFile({ filename, contentType, size }: Attachment): string {
  return `${filename || contentType} (${size < 1024 ? `${size} bytes` : `${Math.round(size / 1024)} KB`})`;
}

function list(entries: readonly string[]): string {
  const more = entries.length - limits.entries;
  return entries.slice(0, limits.entries).map(text).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

/** Set apart, so that a text from right to left does not turn what stands around it. */
function text(value: string): string {
  const shown = value.length > limits.characters ? `${value.slice(0, limits.characters)}...` : value;
  return `<bdi>${escapeHtml(shown)}</bdi>`;
}
