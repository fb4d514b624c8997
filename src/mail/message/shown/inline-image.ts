import type { Attachment } from '../attachment.js';
import { decode } from './own-address.js';

export interface InlineImage {
  readonly type: string;
  readonly body: Buffer;
}

/**
 * The image of the mail that a reference names: by `cid:` (RFC 2392), by its Content-Location (RFC 2557), or, as some
 * gateways write it, by its Content-ID alone. A part that is no image is none, whatever refers to it.
 */
export function findInlineImage(parts: readonly Attachment[], reference: string): InlineImage | undefined {
  const id = decode(reference.replace(/^cid:/, ''));
  const location = asLocation(reference);
  const part =
    parts.find(({ contentId }) => contentId !== '' && (contentId === id || decode(contentId) === id)) ??
    parts.find(({ contentLocation }) => contentLocation !== '' && asLocation(contentLocation) === location);
  const type = part && imageType(part);
  return type === undefined ? undefined : { type, body: part!.content };
}

/** As a browser writes it; a relative one is relative to the mail. */
function asLocation(reference: string): string {
  const base = 'https://mail.invalid/';
  return URL.canParse(reference, base) ? new URL(reference, base).href : reference;
}

/** Browsers see by an image's content what it is, SVG apart. */
function imageType({ contentType, filename }: Attachment): string | undefined {
  if (/^image\/[\w.+-]+$/i.test(contentType)) return contentType;
  if (!/^(?:application|binary)\/octet-stream$/i.test(contentType)) return undefined;
  return /\.svg$/i.test(filename) ? 'image/svg+xml' : 'image/png';
}
