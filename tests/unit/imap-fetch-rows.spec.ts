import { expect, test } from '@playwright/test';
import type { ImapFlow } from 'imapflow';
import { fetchRows } from '../../src/mail/imap/fetch-rows.js';

test("what a server tells of others' flags among the messages that were asked for is no message", async () => {
  const client = {
    stats: () => ({ sent: 0, received: 0 }),
    async *fetch() {
      yield { seq: 1, uid: 7 };
      yield { seq: 2, flags: new Set(['\\Deleted']) };
      yield { seq: 3, uid: 9 };
    },
  } as unknown as ImapFlow;
  const rows = await fetchRows(client, '7:*', { uid: true });
  expect(rows.map(({ uid }) => uid)).toEqual([7, 9]);
});
