import { expect, test } from '@playwright/test';
import { multipart, parseSource } from '../support/parse-source.js';

const original = ['Message-ID: <original@contoso.com>', 'From: qa@contoso.com', 'Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?='];

test('a bounce says who bounced, why, and of which mail', async () => {
  const message = await parseSource(
    'From: postmaster@contoso.com',
    'Auto-Submitted: auto-replied',
    ...multipart(
      'report; report-type=delivery-status',
      ['', 'Your message did not reach some recipients.'],
      [
        'Content-Type: message/delivery-status',
        '',
        'Reporting-MTA: dns; mail.contoso.com',
        'Arrival-Date: Fri, 27 Nov 2026 08:00:00 +0000',
        '',
        'Original-Recipient: rfc822;team@contoso.com',
        'Final-Recipient: rfc822; <bad@contoso.com>',
        'Action: Failed (permanently)',
        'Status: 5.1.1 (unknown)',
        'Remote-MTA: dns;mx.fabrikam.com',
        'Diagnostic-Code: smtp;550 5.1.1 User',
        '  unknown; really',
        '',
        'Final-Recipient: rfc822;slow@contoso.com',
        'Action: delayed',
        'Status: 4.4.7',
        '',
      ],
      ['Content-Type: message/rfc822', '', ...original, '', 'hi'],
    ),
  );
  expect(message.report).toMatchObject({
    kind: 'delivery',
    server: 'mail.contoso.com',
    recipients: [
      {
        address: 'bad@contoso.com',
        originalAddress: 'team@contoso.com',
        action: 'failed',
        status: '5.1.1',
        diagnostic: '550 5.1.1 User  unknown; really',
        server: 'mx.fabrikam.com',
      },
      { address: 'slow@contoso.com', originalAddress: '', action: 'delayed', status: '4.4.7', diagnostic: '' },
    ],
    original: { messageId: '<original@contoso.com>', subject: 'Grüße' },
  });
  expect(message.attachments.map(({ contentType }) => contentType)).toEqual([
    'message/delivery-status',
    'message/rfc822',
  ]);
  expect(message.attachments[1]!.content.toString()).toBe([...original, '', 'hi'].join('\r\n'));
  expect(message.text).toMatch(/did not reach[^]*Status: 5\.1\.1/);
});

test('a bounce with the header section of the mail alone, and one group of fields for all', async () => {
  const status = ['Reporting-MTA: dns;a', 'Final-Recipient: rfc822;bad@contoso.com', 'Action: failed', 'Status: 5.2.2'];
  const { report } = await parseSource(
    ...multipart(
      'report',
      ['', 'x'],
      ['Content-Type: message/global-delivery-status', '', ...status],
      ['Content-Type: text/rfc822-headers', '', ...original],
    ),
  );
  expect(report).toMatchObject({
    recipients: [{ address: 'bad@contoso.com', status: '5.2.2' }],
    original: { subject: 'Grüße' },
  });
});

test('the server that refused is named without what is said about it', async () => {
  const { report } = await parseSource(
    ...multipart(
      'report',
      ['', 'x'],
      [
        'Content-Type: message/delivery-status',
        '',
        'Reporting-MTA: dns;a',
        '',
        'Final-Recipient: rfc822; bad@contoso.com',
        'Remote-MTA: dns; mx.contoso.com. (203.0.113.9, the server for the domain contoso.com.)',
      ],
    ),
  );
  expect(report).toMatchObject({ recipients: [{ server: 'mx.contoso.com' }] });
});

test('a bounce of qmail, which writes for people alone, is one', async () => {
  const { report } = await parseSource(
    'Subject: failure notice',
    '',
    'Hi. This is the qmail-send program at mail.contoso.com.',
    "I'm afraid I wasn't able to deliver your message to the following addresses.",
    '',
    '<bad@fabrikam.com>:',
    '203.0.113.9 does not like recipient.',
    'Remote host said: 550 5.1.1 User unknown',
    '',
    '<worse@fabrikam.com>:',
    'Sorry, no mailbox here by that name.',
    '',
    '--- Below this line is a copy of the message.',
    '',
    ...original,
    '',
    '<not@contoso.com>:',
  );
  expect(report).toMatchObject({
    kind: 'delivery',
    server: 'mail.contoso.com',
    recipients: [
      {
        address: 'bad@fabrikam.com',
        action: 'failed',
        status: '5.1.1',
        diagnostic: '203.0.113.9 does not like recipient. Remote host said: 550 5.1.1 User unknown',
      },
      { address: 'worse@fabrikam.com', status: '', diagnostic: 'Sorry, no mailbox here by that name.' },
    ],
    original: { messageId: '<original@contoso.com>', subject: 'Grüße' },
  });
});

test('a bounce of Exim, which names in its header section who did not get the mail, is one', async () => {
  const { report } = await parseSource(
    'X-Failed-Recipients: bad@fabrikam.com',
    'Auto-Submitted: auto-replied',
    '',
    'A message that you sent could not be delivered to one or more of its recipients.',
    '',
    '  bad@fabrikam.com',
    '    Unrouteable address',
    '',
    '------ This is a copy of the message, including all the headers. ------',
    '',
    ...original,
  );
  expect(report).toMatchObject({
    kind: 'delivery',
    recipients: [{ address: 'bad@fabrikam.com', action: 'failed', diagnostic: 'Unrouteable address' }],
    original: { messageId: '<original@contoso.com>' },
  });
});

test('a read receipt says who read what', async () => {
  const { report, text } = await parseSource(
    ...multipart(
      'report; report-type=disposition-notification',
      ['', 'Your message was read.'],
      [
        'Content-Type: message/disposition-notification',
        '',
        'Final-Recipient: rfc822;ada@contoso.com',
        'Original-Message-ID: <original@contoso.com>',
        'Disposition: manual-action/MDN-sent-automatically; Displayed/error',
      ],
    ),
  );
  expect(report).toEqual({
    kind: 'receipt',
    address: 'ada@contoso.com',
    disposition: 'displayed',
    isAutomatic: false,
    originalMessageId: '<original@contoso.com>',
    original: undefined,
  });
  expect(text).toBe('Your message was read.');
});

const autoReplies: Readonly<Record<string, readonly [fields: readonly string[], isOne: boolean]>> = {
  'that says so': [['Auto-Submitted: auto-replied (vacation)', 'In-Reply-To: <1@contoso.com>'], true],
  'of Exchange': [
    ['Auto-Submitted: auto-generated', 'X-Auto-Response-Suppress: All', 'In-Reply-To: <1@contoso.com>'],
    true,
  ],
  'that refers to the mail alone': [
    ['Auto-Submitted: auto-replied', 'References: <0@contoso.com> <1@contoso.com>'],
    true,
  ],
  'of an older program': [['Precedence: auto_reply', 'In-Reply-To: <1@contoso.com>'], true],
  'that is a notification by an application': [
    ['Auto-Submitted: auto-generated', 'X-Auto-Response-Suppress: OOF, AutoReply'],
    false,
  ],
  'by a person': [['Auto-Submitted: no', 'In-Reply-To: <1@contoso.com>'], false],
};

for (const [what, [fields, isOne]] of Object.entries(autoReplies)) {
  test(`an answer ${what} is ${isOne ? 'one' : 'none'} of a program`, async () => {
    const { report } = await parseSource(...fields, '', 'x');
    if (isOne) expect(report).toMatchObject({ kind: 'auto-reply', originalMessageId: '<1@contoso.com>' });
    else expect(report).toBeUndefined();
  });
}
