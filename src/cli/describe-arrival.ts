import { inspect } from 'node:util';
import type { Message } from '../mail/message/message.js';

/** What a message that arrived is, and the filter that would match it, as a spec has it. */
export function describeArrival(message: Message): string {
  const { from, to, subject, receivedAt, attachments, links } = message;
  const facts: readonly (readonly [string, string])[] = [
    ['from', from ? `${from.name} <${from.address}>`.trim() : ''],
    ['to', to.map(({ address }) => address).join(', ')],
    ['subject', subject],
    ['code', codeOf(message)],
    ...links.slice(0, shownLinks).map(({ text, href }) => ['link', `${text.trim()} ${href}`.trim()] as const),
    ['links', links.length > shownLinks ? `${links.length - shownLinks} more` : ''],
    ['attachments', attachments.map(({ filename }) => filename).join(', ')],
  ];
  const lines = facts
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `  ${name.padEnd(12)}${oneLine(value)}`);
  return [receivedAt.toISOString(), ...lines, `  filter      waitForMessage(${filterOf(message)})`].join('\n');
}

const shownLinks = 5;

/** The subject is what tells most mails apart; where there is none, who it is from. */
function filterOf({ subject, from }: Message): string {
  const filter = subject ? { subject } : from ? { from: from.address } : {};
  return inspect(filter, { breakLength: Number.POSITIVE_INFINITY });
}

function codeOf(message: Message): string {
  try {
    return message.code();
  } catch {
    return '';
  }
}

/** What a mail says can't steer the terminal. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ');
}
