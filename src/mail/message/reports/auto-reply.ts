import type { Envelope } from '../mime/envelope.js';
import type { AutoReply } from './report.js';

/** Fields that only answers of programs have; what programs wrote before RFC 3834 among them. */
const telling: Readonly<Record<string, RegExp>> = {
  'auto-submitted': /^auto-replied\b/i,
  precedence: /^auto_reply$/i,
  'x-autoreply': /^(?!no$)./i,
  'x-autorespond': /./,
  'x-auto-reply-from': /./,
};

/** An answer by a program, as its header section tells it; nothing where it is none. */
export function readAutoReply(envelope: Envelope): AutoReply | undefined {
  const suppresses = envelope
    .text('x-auto-response-suppress')
    .split(',')
    .map((value) => value.trim())
    .filter((value) => value !== '');
  const [originalMessageId = ''] = [...envelope.ids('in-reply-to'), ...envelope.ids('references').toReversed()];
  const tells = Object.entries(telling).some(([name, value]) => value.test(envelope.text(name)));
  // Exchange says "auto-generated" of who is out of office too.
  const isOfExchange =
    /^auto-generated\b/i.test(envelope.text('auto-submitted')) && suppresses.length > 0 && originalMessageId !== '';
  return tells || isOfExchange ? { kind: 'auto-reply', originalMessageId, suppresses } : undefined;
}
