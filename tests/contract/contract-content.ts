import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type TestType } from '@playwright/test';
import type { Contract } from './contract-folders.js';

const needsSource = 'the server takes no mail as it is written';

/** What a mail holds besides its text, whatever protocol it comes by. */
export function describeContent(test: TestType<Contract, object>): void {
  test('an invitation is read and answered', async ({ server, mailbox }) => {
    test.skip(!server.deliverSource, needsSource);
    await server.deliverSource!(mailbox.address, invitation(mailbox.address));
    const message = await mailbox.waitForMessage({ subject: 'Review' });
    expect(message.invite).toMatchObject({
      method: 'REQUEST',
      uid: 'review@contoso.com',
      summary: 'Review',
      start: { local: '2026-12-01T10:00:00', timeZone: 'Europe/Berlin' },
      organizer: { name: 'Adele', address: 'adele@contoso.com' },
      attendees: [{ address: mailbox.address, answer: 'needs-action' }],
    });
    await message.respond('accept', { to: mailbox.address });
    const answer = await mailbox.waitForMessage({ where: ({ invite }) => invite?.method === 'REPLY' });
    expect(answer.invite?.attendees).toMatchObject([{ address: mailbox.address, answer: 'accepted' }]);
  });

  test('a bounce says who, why, and of which mail', async ({ server, mailbox }) => {
    test.skip(!server.deliverSource, needsSource);
    await server.deliverSource!(mailbox.address, bounce(mailbox.address));
    const { report, attachments } = await mailbox.waitForMessage({ subject: 'Undeliverable' });
    expect(report).toMatchObject({
      kind: 'delivery',
      recipients: [{ address: 'nobody@contoso.com', action: 'failed', status: '5.1.1' }],
      original: { messageId: '<lost@contoso.com>', subject: 'Hello' },
    });
    expect(attachments.map(({ contentType }) => contentType)).toEqual(['message/delivery-status', 'message/rfc822']);
  });

  test("an automatic answer is told from a person's, and a file's text is read in its charset", async ({
    server,
    mailbox,
  }) => {
    test.skip(!server.deliverSource, needsSource);
    await server.deliverSource!(mailbox.address, automaticAnswer(mailbox.address));
    const { report, attachments } = await mailbox.waitForMessage({ subject: 'Away' });
    expect(report).toMatchObject({ kind: 'auto-reply' });
    expect(attachments[0]!.text()).toBe('Grüße');
  });

  test("a newsletter's way off its list, what the receiver recorded, and its files are to be had", async ({
    server,
    mailbox,
  }) => {
    test.skip(!server.deliverSource, needsSource);
    await server.deliverSource!(mailbox.address, newsletter(mailbox.address));
    const message = await mailbox.waitForMessage({ link: 'contoso.com/news', code: '482913' });
    expect(message.unsubscribe).toMatchObject({
      mail: { to: ['leave@contoso.com'] },
      oneClick: { url: 'https://contoso.com/leave', form: { 'List-Unsubscribe': 'One-Click' } },
    });
    expect((await message.authenticationBy('gateway.contoso.com')).dmarc).toBe('pass');
    expect(message.unreadable).toEqual([expect.stringContaining('winmail.dat is what Exchange makes')]);
    expect(message.link().href).toBe('https://contoso.com/news');
    const folder = await mkdtemp(join(tmpdir(), 'files-'));
    const path = await message.attachments[0]!.saveAs(`${folder}/`);
    expect(await readFile(path, 'latin1')).toBe('x');
    expect(path.startsWith(folder)).toBe(true);
    await rm(folder, { recursive: true });
  });

  test('an answer to all goes to all but oneself, with what is answered below', async ({ server, mailbox }) => {
    const from = 'adele@contoso.com';
    await server.deliver({ to: mailbox.address, from, cc: 'ben@contoso.com', subject: 'Lunch?', text: 'At noon?' });
    const message = await mailbox.waitForMessage({ subject: 'Lunch?' });
    const { to } = await message.replyAll({ text: 'Yes', quote: true });
    expect(to).toEqual([from, 'ben@contoso.com']);
    await message.forward({ to: mailbox.address, text: 'See below', inline: true });
    expect((await mailbox.waitForMessage({ subject: 'Fwd: Lunch?' })).text).toMatch(/See below[^]*At noon\?/);
  });
}

function invitation(to: string): string {
  return mail(
    ['From: Adele <adele@contoso.com>', `To: ${to}`, 'Subject: Review', 'Message-ID: <invite@contoso.com>'],
    ['Content-Type: text/calendar; method=REQUEST; charset=utf-8', ''],
    ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Contoso//EN', 'METHOD:REQUEST', 'BEGIN:VEVENT'],
    ['UID:review@contoso.com', 'DTSTAMP:20261127T100000Z', 'SUMMARY:Review'],
    ['DTSTART;TZID=Europe/Berlin:20261201T100000', 'DTEND;TZID=Europe/Berlin:20261201T110000'],
    ['ORGANIZER;CN=Adele:mailto:adele@contoso.com', `ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:${to}`],
    ['END:VEVENT', 'END:VCALENDAR'],
  );
}

function bounce(to: string): string {
  return mail(
    ['From: postmaster@contoso.com', `To: ${to}`, 'Subject: Undeliverable', 'Message-ID: <bounce@contoso.com>'],
    ['MIME-Version: 1.0', 'Content-Type: multipart/report; report-type=delivery-status; boundary=b', ''],
    ['--b', 'Content-Type: text/plain', '', 'It could not be delivered.'],
    ['--b', 'Content-Type: message/delivery-status', '', 'Reporting-MTA: dns; mail.contoso.com', ''],
    ['Final-Recipient: rfc822; nobody@contoso.com', 'Action: failed', 'Status: 5.1.1'],
    ['--b', 'Content-Type: message/rfc822', '', 'Message-ID: <lost@contoso.com>', 'Subject: Hello', '', 'x', '--b--'],
  );
}

function automaticAnswer(to: string): string {
  return mail(
    ['From: adele@contoso.com', `To: ${to}`, 'Subject: Away', 'Message-ID: <away@contoso.com>'],
    ['Auto-Submitted: auto-replied', 'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=b', ''],
    ['--b', 'Content-Type: text/plain', '', 'Back on Monday.'],
    ['--b', 'Content-Type: text/csv; charset=iso-8859-1', 'Content-Disposition: attachment; filename=who.csv'],
    ['Content-Transfer-Encoding: quoted-printable', '', 'Gr=FC=DFe', '--b--'],
  );
}

function newsletter(to: string): string {
  return mail(
    ['Authentication-Results: gateway.contoso.com; dmarc=pass header.from=contoso.com'],
    ['From: news@contoso.com', `To: ${to}`, 'Subject: News', 'Message-ID: <news@contoso.com>'],
    ['List-Unsubscribe: <mailto:leave@contoso.com>, <https://contoso.com/leave>'],
    ['List-Unsubscribe-Post: List-Unsubscribe=One-Click'],
    ['MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=b', ''],
    ['--b', 'Content-Type: text/html', '', '<p>Code 482913</p><a href="https://contoso.com/news">Read</a>'],
    ['--b', 'Content-Type: application/ms-tnef; name="winmail.dat"', '', 'x', '--b--'],
  );
}

function mail(...lines: readonly (readonly string[])[]): string {
  return lines.flat().concat('').join('\r\n');
}
