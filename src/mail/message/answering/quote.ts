import { formatAddress } from '../../address.js';
import type { Address } from '../../transport.js';
import { escapeHtml, textToHtml } from '../text-to-html.js';
import type { OutgoingMessage } from '../outgoing.js';
import type { ParsedMessage } from '../parse.js';

type Bodies = Pick<OutgoingMessage, 'text' | 'html'>;

/** A message with the one that it answers below, in the form, or forms, that it has itself. */
export function withQuote<T extends Bodies>(received: ParsedMessage, message: T): T {
  const { from, date, text } = received;
  const who = from ? formatAddress(from) : 'Somebody';
  const attribution = date ? `On ${date.toUTCString()}, ${who} wrote:` : `${who} wrote:`;
  const quoted = text.trimEnd().replace(/^/gm, '> ').replace(/^> >/gm, '>>');
  return below(message, {
    text: `${attribution}\n${quoted}\n`,
    html: `<p>${escapeHtml(attribution)}</p><blockquote type="cite">${htmlOf(received)}</blockquote>`,
  });
}

/** A message with another one below, for somebody who has not seen it. */
export function withForwarded<T extends Bodies>(received: ParsedMessage, message: T): T {
  const lines = [
    '---------- Forwarded message ----------',
    ...line('From', addressesOf(received.authors)),
    ...line('Date', received.date?.toUTCString() ?? ''),
    ...line('Subject', received.subject),
    ...line('To', addressesOf(received.to)),
    ...line('Cc', addressesOf(received.cc)),
  ];
  const { text = '', html = received.html === '' ? undefined : textToHtml(text) } = message;
  // Whoever gets it is to see it as it was.
  return below(html === undefined ? message : { ...message, text, html }, {
    text: `${lines.join('\n')}\n\n${received.text}`,
    html: `<p>${lines.map(escapeHtml).join('<br>')}</p>${htmlOf(received)}`,
  });
}

function below<T extends Bodies>(message: T, addition: Required<Bodies>): T {
  const { text, html } = message;
  const hasText = text !== undefined || html === undefined;
  return {
    ...message,
    ...(hasText && { text: text ? `${text}\n\n${addition.text}` : addition.text }),
    ...(html !== undefined && { html: html + addition.html }),
  };
}

function line(name: string, value: string): string[] {
  return value === '' ? [] : [`${name}: ${value}`];
}

function addressesOf(addresses: readonly Address[]): string {
  return addresses.map(formatAddress).join(', ');
}

/** What stands within the body of its HTML, or its text as HTML. */
function htmlOf({ html, text }: ParsedMessage): string {
  if (html === '') return textToHtml(text);
  const lower = html.toLowerCase();
  const body = lower.indexOf('<body');
  const start = body < 0 ? 0 : lower.indexOf('>', body) + 1;
  const end = lower.lastIndexOf('</body');
  return html.slice(start, end < start ? undefined : end);
}
