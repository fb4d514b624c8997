import { expect, test } from '@playwright/test';
import { candidates } from '../../src/sandbox/graph/messages/candidates.js';
import { MailStore } from '../../src/sandbox/store/store.js';

const at = (hour: number): Date => new Date(Date.UTC(2026, 0, 1, hour));
const numbered = (comparison: string): string =>
  `singleValueExtendedProperties/any(ep:ep/id eq 'Integer 0x0E23' and cast(ep/value, Edm.Int32) ${comparison})`;

for (const [filter, found] of [
  [undefined, [3, 2, 1]],
  ["subject eq 'x'", [3, 2, 1]],
  [numbered('gt 1'), [3, 2]],
  [numbered('ge 2'), [3, 2]],
  [numbered('GE 2'), [3, 2]],
  [numbered('ge 2 and cast(ep/value, Edm.Int32) lt 3'), [3, 2]],
  [numbered('lt 2'), [3, 2, 1]],
  [`not (${numbered('ge 2')})`, [3, 2, 1]],
  [`subject eq 'x' or ${numbered('ge 2')}`, [3, 2, 1]],
  [`receivedDateTime ge ${at(2).toISOString()}`, [3, 2]],
  [`receivedDateTime gt ${at(2).toISOString()} and isRead eq false`, [3, 2]],
  ['receivedDateTime ge yesterday', [3, 2, 1]],
] as const) {
  test(`what the filter rules out is not looked at: ${filter}`, () => {
    const inbox = new MailStore().account('qa@contoso.com').folder('inbox');
    for (const hour of [1, 2, 3]) inbox.add({ source: Buffer.from('\r\n'), receivedAt: at(hour) });
    expect(candidates(inbox, filter).map(({ uid }) => uid)).toEqual(found);
  });
}
