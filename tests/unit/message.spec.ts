import { expect, test } from '@playwright/test';
import { findCode } from '../../src/mail/message/find-code.js';
import type { OutgoingMessage } from '../../src/mail/message/outgoing.js';
import { createMessage } from '../support/create-message.js';

const from = 'App <no-reply@contoso.com>';
const to = 'qa@contoso.com';

test('links are read from the HTML, with their text', async () => {
  const message = await createMessage({
    from,
    to,
    html: '<a href="https://app.contoso.com/verify?t=1&amp;u=2"> Verify <b>now</b></a> <a href="#top">Top</a><a>none</a>',
  });
  expect(message.links).toEqual([{ href: 'https://app.contoso.com/verify?t=1&u=2', text: 'Verify now' }]);
});

test('links are found in a mail that is text alone', async () => {
  const message = await createMessage({ from, to, text: 'Go to https://app.contoso.com/verify?t=1&u=2.' });
  expect(message.link(/verify/).href).toBe('https://app.contoso.com/verify?t=1&u=2');
});

test('the same link twice is one link; two different ones are an error that hides their queries', async () => {
  const anchor = (path: string): string => `<a href="https://app.contoso.com/${path}?token=abc">${path}</a>`;
  const twice = await createMessage({ from, to, html: anchor('verify') + anchor('verify') });
  expect(twice.link().href).toContain('/verify');
  const two = await createMessage({ from, to, html: anchor('verify') + anchor('help') });
  expect(two.link('help').href).toContain('/help');
  expect(() => two.link()).toThrow(/it has 2 that lead to different places/);
  expect(() => two.link('other')).toThrow(/it has none/);
  expect(() => two.link()).not.toThrow(/abc/);
});

const codes: Record<string, [string, string | undefined]> = {
  'a plain code': ['Your code is 123456.', '123456'],
  'the code after its word, not a number before it': ['Order 48151 placed. Verification code: 162342', '162342'],
  'a code in two halves': ['Your PIN: 123 456', '123456'],
  'no year in a date, no amount, no phone number': ['2026-11-23, 1999.50 EUR, +49 1234-5678', undefined],
  'a code alone': ['0042', '0042'],
};

for (const [what, [text, code]] of Object.entries(codes)) {
  test(`a code is found: ${what}`, () => {
    expect(findCode(text)).toBe(code);
  });
}

test('a pattern of its own gives its group, else its match; a missing code is an error', async () => {
  const message = await createMessage({ from, to, text: 'Voucher AB-12, table 7' });
  expect(message.code(/Voucher (\S+),/)).toBe('AB-12');
  expect(message.code(/AB-\d+/g)).toBe('AB-12');
  expect(() => message.code()).toThrow(/expected to have a code of 4 to 8 digits; it has none/);
});

test('a reply goes to Reply-To with the headers that make a thread', async () => {
  const sent: OutgoingMessage[] = [];
  const message = await createMessage(
    { from, to, replyTo: 'help@contoso.com', subject: 'Question', text: 'Why?' },
    { send: (outgoing) => sent.push(outgoing) },
  );
  await message.reply({ text: 'Because.' });
  expect(sent[0]).toMatchObject({
    to: [{ address: 'help@contoso.com' }],
    subject: 'Re: Question',
    text: 'Because.',
    inReplyTo: message.messageId,
    references: [message.messageId],
  });
});

test('a forwarded message carries the original whole', async () => {
  const sent: OutgoingMessage[] = [];
  const message = await createMessage({ from, to, subject: 'Fwd: News', text: 'x' }, { send: (out) => sent.push(out) });
  await message.forward({ to: 'ada@contoso.com' });
  expect(sent[0]).toMatchObject({ subject: 'Fwd: News', attachments: [{ contentType: 'message/rfc822' }] });
  expect(Buffer.from(sent[0]!.attachments![0]!.content as Uint8Array)).toEqual(message.raw());
});
