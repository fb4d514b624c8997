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
