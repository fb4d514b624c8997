import { expect, test } from '@playwright/test';
import type { OutgoingMessage } from '../../src/mail/message/outgoing.js';
import { withReplyTo } from '../../src/mail/message/outgoing/with-reply-to.js';
import { createMessage } from '../support/create-message.js';
import { parseSource } from '../support/parse-source.js';

const own = ['qa+k3x9w2@contoso.com', 'qa@contoso.com'];

interface Received {
  readonly mail?: Partial<OutgoingMessage>;
  readonly head?: string;
}

/** A received message, and what is sent because of it. */
async function received({ mail = {}, head }: Received): Promise<{
  message: Awaited<ReturnType<typeof createMessage>>;
  sent: OutgoingMessage[];
}> {
  const sent: OutgoingMessage[] = [];
  const written = { from: 'Ada <ada@contoso.com>', to: own[0]!, subject: 'Plan', text: 'one\n\ntwo', ...mail };
  const message = await createMessage(written as OutgoingMessage & { from: string }, {
    send: (outgoing) => sent.push(outgoing),
    own,
    ...(head !== undefined && { head }),
  });
  return { message, sent };
}

const addresses = (field: unknown): string[] => (field as { address: string }[]).map(({ address }) => address);

test('an answer to all goes to all others, once, and never to oneself', async () => {
  const { message, sent } = await received({
    mail: {
      to: ['QA+K3x9W2@contoso.com', 'bo@contoso.com', 'ada@contoso.com'],
      cc: ['qa@contoso.com', 'BO@contoso.com', 'cy@contoso.com', 'qa+other@contoso.com'],
    },
  });
  await message.replyAll({ text: 'Fine.' });
  expect(addresses(sent[0]!.to)).toEqual(['ada@contoso.com']);
  expect(addresses(sent[0]!.cc)).toEqual(['bo@contoso.com', 'cy@contoso.com', 'qa+other@contoso.com']);
  expect(sent[0]).toMatchObject({ subject: 'Re: Plan', inReplyTo: message.messageId });
});

test('an answer to all of what one wrote oneself goes to those whom it went to', async () => {
  const { message, sent } = await received({
    mail: { from: 'qa@contoso.com', to: 'bo@contoso.com', cc: 'cy@contoso.com' },
  });
  await message.replyAll({ text: 'One more thing.' });
  expect(addresses(sent[0]!.to)).toEqual(['bo@contoso.com']);
  expect(addresses(sent[0]!.cc)).toEqual(['cy@contoso.com']);
});

test('a thread that has only begun begins with the message that was answered', async () => {
  const { message, sent } = await received({ mail: { inReplyTo: '<first@contoso.com>' } });
  await message.reply({ text: 'x' });
  expect(sent[0]!.references).toEqual(['<first@contoso.com>', message.messageId]);
});

test('an answer quotes in the forms that it has itself', async () => {
  const date = 'Fri, 27 Nov 2026 08:00:00 +0000';
  const { message, sent } = await received({
    mail: { html: '<html><body><p>one <b>&amp;</b></p></body></html>' },
    head: `Date: ${date}\r\n`,
  });
  await message.reply({ text: 'Yes.', quote: true });
  expect(sent[0]!.text).toBe(
    'Yes.\n\nOn Fri, 27 Nov 2026 08:00:00 GMT, Ada <ada@contoso.com> wrote:\n> one\n> \n> two\n',
  );
  expect(sent[0]!.html).toBeUndefined();
  await message.reply({ html: '<p>Yes.</p>', quote: true });
  expect(sent[1]!.html).toContain('<p>Yes.</p><p>On Fri');
  expect(sent[1]!.html).toContain('<blockquote type="cite"><p>one <b>&amp;</b></p></blockquote>');
  expect(sent[1]!.text).toBeUndefined();
  await message.reply({ text: 'Yes.' });
  expect(sent[2]!.text).toBe('Yes.');
});

test('a message is sent on within the text, with what it has attached', async () => {
  const { message, sent } = await received({
    mail: {
      html: '<p>one <img src="cid:logo"></p>',
      cc: 'cy@contoso.com',
      attachments: [
        { filename: 'logo.png', content: 'png', contentId: 'logo' },
        { filename: 'a.pdf', content: 'pdf' },
      ],
    },
  });
  await message.forward({ to: 'bo@contoso.com', text: 'Look <here>', inline: true });
  const [forward] = sent;
  expect(forward).toMatchObject({
    subject: 'Fwd: Plan',
    attachments: [
      { filename: 'logo.png', contentType: 'image/png', contentId: 'logo' },
      { filename: 'a.pdf', contentType: 'application/pdf' },
    ],
  });
  expect(forward!.text).toMatch(
    /^Look <here>\n\n-+ Forwarded message -+\nFrom: Ada <ada@contoso\.com>\nDate: .*\nSubject: Plan\nTo: .*\nCc: cy@contoso\.com\n\none/,
  );
  expect(forward!.html).toContain('Look &lt;here&gt;');
  expect(forward!.html).toContain('<p>one <img src="cid:logo"></p>');
  expect(forward).not.toHaveProperty('inline');
});

test('options that are none are refused', async () => {
  const { message } = await received({});
  await expect(message.reply({ quote: 'yes' } as object)).rejects.toThrow(/quote must be true or false/);
  await expect(message.forward({ to: 'bo@contoso.com', inline: 1 } as never)).rejects.toThrow(/inline must be true/);
  await expect(message.respond('maybe' as never)).rejects.toThrow(/response must be one of accept, decline, tentative/);
});

test('answers to what is sent from a mailbox with an address of its own come to it', () => {
  const scope = { own: own[0]!, account: own[1]! };
  const message = { to: 'app@contoso.com', subject: 'x' };
  expect(withReplyTo(message, scope)).toEqual({ ...message, replyTo: own[0] });
  for (const given of [
    { ...message, replyTo: [] },
    { ...message, replyTo: 'x@contoso.com' },
    { ...message, from: 'me@contoso.com' },
  ]) {
    expect(withReplyTo(given, scope)).toEqual(given);
  }
  expect(withReplyTo(message, { own: 'QA@contoso.com', account: 'qa@contoso.com' })).toEqual(message);
});

const invitation = [
  'BEGIN:VCALENDAR',
  'METHOD:REQUEST',
  'BEGIN:VTIMEZONE',
  'TZID:Own Zone',
  'BEGIN:STANDARD',
  'DTSTART:20200101T000000',
  'TZOFFSETFROM:+0100',
  'TZOFFSETTO:+0100',
  'END:STANDARD',
  'END:VTIMEZONE',
  'BEGIN:VEVENT',
  'UID:1@contoso.com',
  'SEQUENCE:3',
  'SUMMARY:Review',
  'DTSTART;TZID=Own Zone:20261201T100000',
  'ORGANIZER;CN=Adele:mailto:adele@contoso.com',
  'ATTENDEE;CN=QA;RSVP=TRUE;PARTSTAT=NEEDS-ACTION:mailto:QA+k3x9w2@contoso.com',
  'ATTENDEE:mailto:bo@contoso.com',
  'END:VEVENT',
  'END:VCALENDAR',
].join('\r\n');

const responses = { accept: 'accepted', decline: 'declined', tentative: 'tentative' } as const;

for (const [response, answer] of Object.entries(responses)) {
  test(`an invitation is answered to its organizer: ${response}`, async () => {
    const { message, sent } = await received({ mail: { calendar: { method: 'REQUEST', content: invitation } } });
    await message.respond(response as keyof typeof responses, { text: 'See you' });
    expect(sent[0]).toMatchObject({
      to: [{ name: 'Adele', address: 'adele@contoso.com' }],
      subject: expect.stringMatching(/^(Accepted|Declined|Tentative): Review$/),
      text: 'See you',
      inReplyTo: message.messageId,
    });
    const arrived = await createMessage({ ...sent[0]!, from: own[1]! });
    expect(arrived.invite).toMatchObject({
      method: 'REPLY',
      uid: '1@contoso.com',
      sequence: 3,
      start: { local: '2026-12-01T10:00:00', timeZone: 'Own Zone', date: new Date('2026-12-01T09:00:00Z') },
      organizer: { address: 'adele@contoso.com' },
      attendees: [{ name: 'QA', address: 'QA+k3x9w2@contoso.com', answer, rsvp: false }],
    });
  });
}

test('who was invited under no address of its own answers as the mailbox', async () => {
  const content = invitation.replace(/\r\nATTENDEE;CN=QA[^\r]*/, '');
  const { message, sent } = await received({ mail: { calendar: { method: 'REQUEST', content } } });
  await message.respond('accept');
  expect(sent[0]!.calendar!.content).toContain(`ATTENDEE;PARTSTAT=ACCEPTED:mailto:${own[0]}`);
  expect(sent[0]!.text).toBe(`${own[0]} has accepted this invitation.`);
});

test('what is no invitation is not answered', async () => {
  const none = await received({});
  await expect(none.message.respond('accept')).rejects.toThrow(
    /was expected to have an invitation to answer; it has none/,
  );
  const content = invitation.replace('METHOD:REQUEST', 'METHOD:CANCEL');
  const cancelled = await received({ mail: { calendar: { method: 'CANCEL', content } } });
  await expect(cancelled.message.respond('accept')).rejects.toThrow(/it has one with the method CANCEL/);
});

test('the ways off a list are read', async () => {
  const { unsubscribe } = await parseSource(
    'List-Unsubscribe: (use this) <mailto:leave@contoso.com?subject=off%20list&body=a+b>,',
    ' <https://app.contoso.com/u?id=1',
    ' 2>',
    'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
    '',
    'x',
  );
  expect(unsubscribe).toEqual({
    mail: { to: ['leave@contoso.com'], subject: 'off list', text: 'a+b' },
    url: 'https://app.contoso.com/u?id=12',
    oneClick: { url: 'https://app.contoso.com/u?id=12', form: { 'List-Unsubscribe': 'One-Click' } },
  });
  const page = await parseSource('List-Unsubscribe: <https://app.contoso.com/u>', '', 'x');
  expect(page.unsubscribe).toEqual({ mail: undefined, url: 'https://app.contoso.com/u', oneClick: undefined });
  expect((await parseSource('List-Unsubscribe: <javascript:x>', '', 'x')).unsubscribe).toBeUndefined();
  expect((await parseSource('', 'x')).unsubscribe).toBeUndefined();
});
