import { expect, test } from '@playwright/test';
import { WaitNotices } from '../../src/fixtures/calls/wait-notices.js';
import type { MessageRef } from '../../src/mail/transport.js';

test('a wait that takes long says for what, how long and what has come since, until it ends', async () => {
  const seen = [messageRef('Before')];
  const lines: string[] = [];
  const notices = new WaitNotices('waitForMessage(subject "Verify")', () => seen, {
    first: 1,
    write: (line) => void lines.push(line),
  });
  await expect.poll(() => lines.length).toBeGreaterThan(0);
  seen.push(messageRef('Welcome'), messageRef('News'));
  await expect.poll(() => lines.at(-1)).toContain('Since then 2 came');
  notices[Symbol.dispose]();
  expect(lines[0]).toMatch(
    /^Still waiting: waitForMessage\(subject "Verify"\), for \d+ m?s\. Nothing has come since\.\n$/,
  );
  expect(lines.at(-1)).toMatch(
    /Since then 2 came, the last "News" from a@contoso\.com, received 2026-01-02T03:04:05Z\.\n$/,
  );
});

function messageRef(subject: string): MessageRef {
  const [from, receivedAt] = [{ name: '', address: 'a@contoso.com' }, new Date('2026-01-02T03:04:05Z')];
  const empty = { to: [], cc: [], deliveredTo: [], messageId: '', size: 0, isRead: false };
  return { ...empty, id: subject, subject, from, receivedAt };
}
