import { nameOf } from '../attachment-name.js';
import type { MimePart } from './mime-part.js';

const smime = /^application\/(?:x-)?pkcs7-mime$/;
const insides: Readonly<Record<string, string>> = {
  'enveloped-data': `encrypted (S/MIME): the text and the attachments are in it, and the recipient's key opens it`,
  'authenveloped-data': `encrypted (S/MIME): the text and the attachments are in it, and the recipient's key opens it`,
  'signed-data': 'signed (S/MIME, opaque): the text and the attachments are in it. Have it sent clear-signed',
  'compressed-data': 'compressed (S/MIME): the text and the attachments are in it',
};

/** What of a message can't be read here, and why, a sentence each. `text` is what could be read. */
export function unreadableParts(message: MimePart, text: string): string[] {
  const inText = /^-----BEGIN PGP MESSAGE-----/m.test(text) ? ['The text is encrypted (PGP).'] : [];
  return [...explain(message), ...inText];
}

function explain(part: MimePart): string[] {
  const reason = reasonOf(part);
  if (reason === undefined) return part.parts.flatMap(explain);
  return [`${nameOf({ filename: part.filename, contentType: part.type }) || part.type} ${reason}.`];
}

function reasonOf({ type, params, filename, fault }: MimePart): string | undefined {
  if (fault !== undefined) return `was not taken apart: ${fault}`;
  if (smime.test(type)) {
    const kind = params['smime-type']?.toLowerCase() ?? '';
    return `is ${Object.hasOwn(insides, kind) ? insides[kind] : 'encrypted or signed (S/MIME): the text and the attachments are in it'}`;
  }
  if (type === 'multipart/encrypted') return 'is encrypted (PGP): the text and the attachments are in it';
  if (/^application\/(?:vnd\.)?ms-tnef$/.test(type) || filename.toLowerCase() === 'winmail.dat') {
    return 'is what Exchange makes of a message in Rich Text Format (TNEF): formatting and attachments are in it. Have it sent as HTML';
  }
  if (type === 'application/x-microsoft-rpmsg-message' || filename.toLowerCase() === 'message.rpmsg') {
    return 'is protected by Rights Management: the text and the attachments are in it';
  }
  return undefined;
}
