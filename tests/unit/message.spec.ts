import { expect, test } from '@playwright/test';
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
