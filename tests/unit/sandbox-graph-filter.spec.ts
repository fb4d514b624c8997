import { expect, test } from '@playwright/test';
import { startGraphServer } from './sandbox-graph-server.js';
import * as fc from 'fast-check';
import { GraphError } from '../../src/sandbox/graph/graph-error.js';
import { messageEdm } from '../../src/sandbox/graph/messages/message-properties.js';
import { parseExpand } from '../../src/sandbox/graph/odata/expand.js';
import { parseFilter } from '../../src/sandbox/graph/odata/filter.js';
import { parseOrder } from '../../src/sandbox/graph/odata/order.js';
import { parseSearch } from '../../src/sandbox/graph/odata/search.js';

/** Texts that look like expressions, and what is left of them when they are cut anywhere. */
const pieces = ['subject', 'isRead', 'categories/any', '(', ')', ',', ':', 'eq', 'and', 'or', 'not', 'c', ' ', "'a'"];
const more = ["'", 'contains', 'receivedDateTime', '2026-01-01T00:00:00Z', '-1', 'null', 'true', '$', '"', ';', '='];
const expression = fc.array(fc.constantFrom(...pieces, ...more), { maxLength: 30 }).map((parts) => parts.join(' '));

const readers: Readonly<Record<string, (text: string) => unknown>> = {
  $filter: (text) => parseFilter(text, messageEdm),
  $orderby: (text) => parseOrder(text, messageEdm),
  $expand: parseExpand,
  $search: parseSearch,
};

for (const [name, read] of Object.entries(readers)) {
  test(`whatever stands in ${name} is read, or refused in words`, () => {
    const isRefusal = (error: unknown) => error instanceof GraphError && error.status === 400 && error.message !== '';
    fc.assert(
      fc.property(fc.oneof(fc.string(), expression), (text) => {
        try {
          read(text);
          return true;
        } catch (error) {
          return isRefusal(error);
        }
      }),
    );
  });
}

test('expressions may be nested, and not without end', () => {
  const nested = (depth: number) => `${'('.repeat(depth)}isRead eq true${')'.repeat(depth)}`;
  expect(parseFilter(nested(50), messageEdm).accepts({ isRead: true })).toBe(true);
  for (const text of [nested(20_000), `${'not '.repeat(20_000)}isRead eq true`]) {
    expect(() => parseFilter(text, messageEdm)).toThrow('Recursion depth exceeded allowed limit.');
  }
  const chain = Array.from({ length: 2000 }, () => 'isRead eq true').join(' and ');
  expect(parseFilter(chain, messageEdm).accepts({ isRead: true })).toBe(true);
});

test('what holds of its parts decides whether an expression holds', () => {
  const term = fc.record({ path: fc.constantFrom('isRead', 'isDraft', 'hasAttachments'), value: fc.boolean() });
  const record = fc.record({ isRead: fc.boolean(), isDraft: fc.boolean(), hasAttachments: fc.boolean() });
  fc.assert(
    fc.property(fc.tuple(term, term, term), record, ([a, b, c], row) => {
      const text = ({ path, value }: typeof a) => `${path} eq ${value}`;
      const holds = ({ path, value }: typeof a) => row[path] === value;
      const accepts = (filter: string) => parseFilter(filter, messageEdm).accepts(row);
      // `and` binds closer than `or`.
      expect([
        accepts(`${text(a)} or ${text(b)} and ${text(c)}`),
        accepts(`(${text(a)} or ${text(b)}) and not (${text(c)})`),
      ]).toEqual([holds(a) || (holds(b) && holds(c)), (holds(a) || holds(b)) && !holds(c)]);
    }),
  );
});

test('a quote within a text is written twice', () => {
  const { accepts } = parseFilter("contains(subject,'don''t')", messageEdm);
  expect(accepts({ subject: "I DON'T" })).toBe(true);
  expect(accepts({ subject: "don''t" })).toBe(false);
});

test.describe('properties of MAPI', () => {
  const number = "singleValueExtendedProperties/any(ep:ep/id eq 'Integer 0x0E23' and";

  test('messages are found by their number, which a folder tells the next of', async () => {
    await using server = await startGraphServer();
    for (const subject of ['One', 'Two', 'Three']) server.deliver({ subject });
    const subjects = async (filter: string): Promise<unknown[]> => {
      const { value } = await server.ask(`/me/mailFolders/inbox/messages?$filter=${encodeURIComponent(filter)}`);
      return value.map(({ subject }) => String(subject)).toSorted((one, other) => one.localeCompare(other));
    };
    expect(await subjects(`${number} cast(ep/value, Edm.Int32) ge 2)`)).toEqual(['Three', 'Two']);
    expect(await subjects(`${number} cast(ep/value, Edm.Int32) ge 2 and cast(ep/value, Edm.Int32) lt 3)`)).toEqual([
      'Two',
    ]);
    expect(await subjects(`${number} ep/value eq '1')`)).toEqual(['One']);
    const expand = encodeURIComponent("singleValueExtendedProperties($filter=id eq 'Integer 0x6751')");
    const { json } = await server.ask(`/me/mailFolders/inbox?$expand=${expand}`);
    expect(json['singleValueExtendedProperties']).toEqual([{ id: 'Integer 0x6751', value: '4' }]);
  });

  for (const filter of [
    "singleValueExtendedProperties/any(ep:ep/value eq '1')",
    `${number} cast(ep/value, Edm.Guid) ge 2)`,
    `${number} cast(ep/value, Edm.Int32) ge 'a')`,
    "singleValueExtendedProperties/any(ep:ep/id eq 'Nothing 1')",
  ]) {
    test(`${filter} is refused`, async () => {
      await using server = await startGraphServer();
      const { status } = await server.ask(`/me/mailFolders/inbox/messages?$filter=${encodeURIComponent(filter)}`);
      expect(status).toBe(400);
    });
  }
});
