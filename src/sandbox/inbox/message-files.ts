import type { Attachment } from 'mailparser';
import type { Answer } from '../server/answer.js';
import { html } from '../server/html.js';
import type { StoredMessage } from '../store/store.js';
import { inlinePath } from './inbox-signs.js';
import { safeHtml } from './safe-html.js';
import { urlIdOf } from './sandbox-message.js';

/** What a message consists of, each at an address of its own. */

/** Whatever somebody put into a mail does nothing where it is opened by itself. */
const inert = "sandbox; default-src 'none'";

/** The HTML alone, or the text where there is none. */
export async function htmlOf(
  message: StoredMessage,
  { remoteContent }: { readonly remoteContent: boolean },
): Promise<Answer> {
  const headers = {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': htmlPolicy(remoteContent),
    'Referrer-Policy': 'no-referrer',
    'X-DNS-Prefetch-Control': 'off',
  };
  return { status: 200, headers, body: await readHtml(message) };
}

async function readHtml(message: StoredMessage): Promise<string> {
  const trouble = await message.trouble();
  if (trouble) return plainPage(`This message can't be shown: ${trouble}`);
  const mail = await message.parsed();
  if (!mail.html) return plainPage(mail.text ?? '');
  const images = imageUrls(message, mail.attachments);
  return safeHtml(mail.html, (contentId) => images.get(contentId) ?? images.get(decode(contentId)));
}

/** No script, no origin, no forms, no frames; links open new windows, which are free of all that. */
function htmlPolicy(remoteContent: boolean): string {
  const remote = remoteContent ? ' http: https:' : '';
  return [
    'sandbox allow-popups allow-popups-to-escape-sandbox',
    `default-src 'none'`,
    `img-src 'self' data:${remote}`,
    `style-src 'unsafe-inline'${remote}`,
    `font-src data:${remote}`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `frame-ancestors 'self'`,
  ].join('; ');
}

function plainPage(text: string): string {
  return html`<!doctype html>
    <meta name="color-scheme" content="light dark" />
    <pre style="white-space: pre-wrap; overflow-wrap: anywhere; font: 15px/1.5 system-ui, sans-serif">${text}</pre>`
    .markup;
}

/** Where the pictures of a message are to be had, by their Content-IDs. */
function imageUrls(message: StoredMessage, attachments: readonly Attachment[]): ReadonlyMap<string, string> {
  const images = [...attachments.entries()].filter(([, { contentType }]) => isImage(contentType));
  return new Map(images.map(([index, { cid = '' }]) => [cid, `${inlinePath}/${urlIdOf(message)}/${index}`]));
}

function isImage(contentType: string): boolean {
  return /^image\/[\w.+-]+$/i.test(contentType);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The MIME source, of which a part may be enough. */
export function sourceOf({ source }: StoredMessage, octets = Infinity): Answer {
  const headers = { 'Content-Type': 'text/plain; charset=utf-8', 'Content-Security-Policy': inert };
  return { status: 200, headers, body: source.subarray(0, octets) };
}

/** An attachment, to be kept as a file. */
export async function attachmentOf(message: StoredMessage, index: number): Promise<Answer | undefined> {
  const attachment = await attachmentAt(message, index);
  return attachment && download(attachment.content, attachment.filename ?? `attachment-${index + 1}`);
}

/** The whole message, to be kept as a file. */
export function emlOf({ source }: StoredMessage): Answer {
  return download(source, 'message.eml');
}

/** A picture in the text. */
export async function inlineImageOf(message: StoredMessage, index: number): Promise<Answer | undefined> {
  const attachment = await attachmentAt(message, index);
  if (!attachment || !isImage(attachment.contentType)) return undefined;
  const headers = {
    'Content-Type': attachment.contentType,
    'Content-Security-Policy': `${inert}; style-src 'unsafe-inline'`,
  };
  return { status: 200, headers, body: attachment.content };
}

async function attachmentAt(message: StoredMessage, index: number): Promise<Attachment | undefined> {
  return (await message.parsed()).attachments[index];
}

function download(content: Buffer, name: string): Answer {
  const encoded = encodeURIComponent(wellFormed(name)).replace(/['()*]/g, (it) => `%${it.charCodeAt(0).toString(16)}`);
  return {
    status: 200,
    headers: {
      'Content-Type': 'application/octet-stream',
      'Content-Disposition': `attachment; filename*=UTF-8''${encoded}`,
      'Content-Security-Policy': inert,
    },
    body: content,
  };
}

/** Without halves of characters. */
function wellFormed(text: string): string {
  return Buffer.from(text).toString();
}
