import type { Headers } from '../headers.js';
import type { OutgoingMessage } from '../outgoing.js';

/** How a reader gets off a list (`List-Unsubscribe`, RFC 2369). */
export interface Unsubscribe {
  /** The mail that does it, for `mailbox.send`. */
  readonly mail: OutgoingMessage | undefined;
  /** The page for a person. */
  readonly url: string | undefined;
  /** The request that does it at once (RFC 8058): `request.post(oneClick.url, { form: oneClick.form })`. */
  readonly oneClick: OneClick | undefined;
}

export interface OneClick {
  readonly url: string;
  readonly form: Readonly<Record<string, string>>;
}

/** Characters of the field that are read, and ways in it. */
const longestField = 10_000;
const mostWays = 20;

/** Nothing where the message names no way. */
export function readUnsubscribe(headers: Headers): Unsubscribe | undefined {
  const field = (headers.get('list-unsubscribe') ?? []).join(',').slice(0, longestField);
  const ways = [...field.matchAll(/<([^<>]*)>/g)].slice(0, mostWays).map(([, way = '']) => way.replace(/\s+/g, ''));
  const mail = ways.find((way) => /^mailto:/i.test(way));
  const url = ways.find((way) => /^https?:\/\//i.test(way) && URL.canParse(way));
  if (mail === undefined && url === undefined) return undefined;
  const isOneClick = (headers.get('list-unsubscribe-post') ?? []).some((value) =>
    /^List-Unsubscribe=One-Click$/i.test(value),
  );
  return {
    mail: mail === undefined ? undefined : readMailto(mail),
    url,
    oneClick: isOneClick && url !== undefined ? { url, form: { 'List-Unsubscribe': 'One-Click' } } : undefined,
  };
}

/** RFC 6068. Without a subject, most list servers want to have one nevertheless. */
function readMailto(address: string): OutgoingMessage {
  const [path = '', query = ''] = address.slice('mailto:'.length).split('?', 2);
  const fields = new Map(
    query.split('&').map((pair): [string, string] => {
      const [name = '', ...value] = pair.split('=');
      return [decoded(name).toLowerCase(), decoded(value.join('='))];
    }),
  );
  return {
    to: path
      .split(',')
      .filter((to) => to !== '')
      .map(decoded),
    subject: fields.get('subject') ?? 'unsubscribe',
    text: fields.get('body') ?? '',
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
