import { expect, test } from '@playwright/test';
import { candidates } from '../../src/sandbox/ews/finding/candidates.js';
import { compile } from '../../src/sandbox/ews/finding/restriction.js';
import type { Value } from '../../src/sandbox/message/value.js';
import { parseXml } from '../../src/sandbox/ews/xml.js';
import { MailStore } from '../../src/sandbox/store/store.js';

const field = (name: string) => `<FieldURI FieldURI="${name}"/>`;
const constant = (value: string) => `<FieldURIOrConstant><Constant Value="${value}"/></FieldURIOrConstant>`;
const comparison = (kind: string, name: string, value: string) => `<${kind}>${field(name)}${constant(value)}</${kind}>`;

function contains(value: string, mode = 'Substring', fold = 'Exact'): string {
  return `<Contains ContainmentMode="${mode}" ContainmentComparison="${fold}">${field('text')}<Constant Value="${value}"/></Contains>`;
}

async function matches(expression: string, subject: Record<string, Value>): Promise<boolean> {
  const accepts = compile<Record<string, Value>>(
    parseXml(expression),
    (path) => (values) => values[path.attributes['FieldURI']!],
  );
  return accepts(subject);
}

test('values compare as what they are', async () => {
  const subject = { text: 'Abc', number: 10, date: new Date('2026-01-02T00:00:00Z'), flag: true };
  const results = async (name: string, value: string) =>
    Promise.all(
      ['IsEqualTo', 'IsNotEqualTo', 'IsGreaterThan', 'IsGreaterThanOrEqualTo', 'IsLessThan', 'IsLessThanOrEqualTo'].map(
        (kind) => matches(comparison(kind, name, value), subject),
      ),
    );
  expect(await results('number', '9')).toEqual([false, true, true, true, false, false]);
  expect(await results('text', 'aBC')).toEqual([true, false, false, true, false, true]);
  expect(await results('date', '2026-01-01T23:00:00-02:00')).toEqual([false, true, false, false, true, true]);
  expect(await results('flag', 'true')).toEqual([true, false, false, true, false, true]);
  expect(await results('missing', '1')).toEqual([false, true, false, false, false, false]);
});

test('one field compares with another', async () => {
  const expression = `<IsEqualTo>${field('a')}<FieldURIOrConstant>${field('b')}</FieldURIOrConstant></IsEqualTo>`;
  expect(await matches(expression, { a: 'x', b: 'X' })).toBe(true);
  expect(await matches(expression, { a: 'x', b: 'y' })).toBe(false);
});

test('And, Or and Not combine', async () => {
  const [yes, no] = [comparison('IsEqualTo', 'n', '1'), comparison('IsEqualTo', 'n', '2')];
  const results = await Promise.all(
    [
      `<And>${yes}${yes}</And>`,
      `<And>${yes}${no}</And>`,
      `<Or>${no}${yes}</Or>`,
      `<Or>${no}${no}</Or>`,
      `<Not>${no}</Not>`,
      `<Not><And>${yes}${yes}</And></Not>`,
    ].map((expression) => matches(expression, { n: 1 })),
  );
  expect(results).toEqual([true, false, true, false, true, false]);
});

test('Contains goes by its mode', async () => {
  const subject = { text: 'Verify your mail' };
  const modes = (value: string) =>
    Promise.all(
      ['FullString', 'Prefixed', 'Substring', 'PrefixOnWords', 'ExactPhrase'].map((mode) =>
        matches(contains(value, mode), subject),
      ),
    );
  expect(await modes('Verify your mail')).toEqual([true, true, true, true, true]);
  expect(await modes('Verify yo')).toEqual([false, true, true, true, false]);
  expect(await modes('your')).toEqual([false, false, true, true, true]);
  expect(await modes('erify')).toEqual([false, false, true, false, false]);
});

test('Contains overlooks case and accents only where asked', async () => {
  const subject = { text: 'Résumé' };
  const found = (value: string, fold: string) => matches(contains(value, 'Substring', fold), subject);
  expect(await found('résumé', 'Exact')).toBe(false);
  expect(await found('résumé', 'IgnoreCase')).toBe(true);
  expect(await found('resume', 'IgnoreCase')).toBe(false);
  expect(await found('Resume', 'IgnoreNonSpacingCharacters')).toBe(true);
  expect(await found('resume', 'IgnoreNonSpacingCharacters')).toBe(false);
  expect(await found('resume', 'IgnoreCaseAndNonSpacingCharacters')).toBe(true);
  expect(await found('résumé', 'Loose')).toBe(true);
});

test('any member of a list may match', async () => {
  const subject = { text: ['App', 'app@contoso.com'] };
  expect(await matches(contains('contoso'), subject)).toBe(true);
  expect(await matches(comparison('IsEqualTo', 'text', 'app'), subject)).toBe(true);
  expect(await matches(contains('fabrikam'), subject)).toBe(false);
});

test('Exists and Excludes look at presence and bits', async () => {
  expect(await matches(`<Exists>${field('n')}</Exists>`, { n: 0 })).toBe(true);
  expect(await matches(`<Exists>${field('m')}</Exists>`, { n: 0 })).toBe(false);
  const excludes = (mask: string) => `<Excludes>${field('n')}<Bitmask Value="${mask}"/></Excludes>`;
  expect(await matches(excludes('0x1'), { n: 8 })).toBe(true);
  expect(await matches(excludes('8'), { n: 9 })).toBe(false);
});

test('an unknown expression is refused', () => {
  expect(() => compile(parseXml('<Near/>'), () => () => undefined)).toThrow(/restriction/);
  expect(() => compile(parseXml('<And/>'), () => () => undefined)).toThrow(/And/);
});

test('what a number or a time rules out is not looked at', () => {
  const inbox = new MailStore().account('qa@contoso.com').folder('inbox');
  // Received the other way round: 3 o'clock, 2 o'clock, 1 o'clock.
  for (const hour of [3, 2, 1]) inbox.add({ source: Buffer.from('\r\n'), receivedAt: at(hour) });
  const uids = (expression?: string) =>
    candidates(inbox, expression === undefined ? undefined : parseXml(expression)).map(({ uid }) => uid);
  const above = (kind: string, number: number) =>
    `<${kind}><ExtendedFieldURI PropertyTag="0xe23" PropertyType="Integer"/>${constant(`${number}`)}</${kind}>`;
  const since = (kind: string, hour: number) => comparison(kind, 'item:DateTimeReceived', at(hour).toISOString());
  const other = comparison('IsGreaterThan', 'item:Size', '5');
  expect(uids()).toEqual([1, 2, 3]);
  expect(uids(other)).toEqual([1, 2, 3]);
  expect(uids(above('IsGreaterThan', 1))).toEqual([2, 3]);
  expect(uids(above('IsGreaterThanOrEqualTo', 2))).toEqual([2, 3]);
  expect(uids(`<And>${other}${above('IsGreaterThan', 2)}${above('IsGreaterThan', 1)}</And>`)).toEqual([3]);
  expect(uids(since('IsGreaterThan', 2))).toEqual([1, 2]);
  expect(uids(since('IsGreaterThanOrEqualTo', 3))).toEqual([1]);
  expect(uids(`<And>${other}${since('IsGreaterThan', 2)}${since('IsGreaterThan', 3)}</And>`)).toEqual([1]);
  expect(uids(comparison('IsGreaterThan', 'item:DateTimeReceived', 'yesterday'))).toEqual([1, 2, 3]);
  for (const expression of [above('IsGreaterThan', 2), since('IsGreaterThan', 2)]) {
    expect(uids(`<Or>${other}${expression}</Or>`)).toEqual([1, 2, 3]);
    expect(uids(`<Not>${expression}</Not>`)).toEqual([1, 2, 3]);
  }
});

function at(hour: number): Date {
  return new Date(Date.UTC(2026, 0, 1, hour));
}
