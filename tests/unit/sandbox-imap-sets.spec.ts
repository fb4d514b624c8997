import { expect, test } from '@playwright/test';
import { startSandbox } from '../../src/sandbox/index.js';
import { signInImap } from './sandbox-imap-client.js';
import { user } from './sandbox-sign-in.js';

const sets = [
  { set: '2', uids: [20] },
  { set: '3:2', uids: [20, 30] },
  { set: '4,1:2,2', uids: [10, 20, 40] },
  { set: '*', uids: [40] },
  { set: '*:3', uids: [30, 40] },
  { set: '5', uids: 'BAD' },
  { set: '0', uids: 'BAD' },
  { set: '1:', uids: 'BAD' },
];
const uidSets = [
  { set: '20:39', uids: [20, 30] },
  { set: '21:29', uids: [] },
  { set: '41:*', uids: [40] },
  { set: '1:4294967295', uids: [10, 20, 30, 40] },
  { set: '30,10', uids: [10, 30] },
];
for (const { set, uids, by } of [
  ...sets.map((each) => ({ ...each, by: '' })),
  ...uidSets.map((each) => ({ ...each, by: 'UID ' })),
]) {
  test(`${by}FETCH ${set} means ${String(uids) || 'nothing'}`, async () => {
    await using sandbox = await startSandbox();
    const inbox = sandbox.store.account(user).folder('inbox');
    for (let uid = 1; uid <= 40; uid++) inbox.add({ source: Buffer.from('\r\n') });
    for (const message of inbox.above(0)) if (message.uid % 10 > 0) inbox.remove(message);
    await using client = await signInImap(sandbox, 'INBOX');
    const answers = await client.command(`${by}FETCH ${set} (UID)`);
    if (uids === 'BAD') return expect(answers.at(-1)).toMatch(/^BAD /);
    expect(answers.slice(0, -1).map((answer) => Number(/UID (\d+)/.exec(answer)?.[1]))).toEqual(uids);
  });
}
