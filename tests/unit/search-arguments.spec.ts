import { expect, test } from '@playwright/test';
import { checkSearch } from '../../src/mail/check-search.js';
import { describeFilter } from '../../src/mail/message/filter/filter.js';
import { createMessage } from '../support/create-message.js';
import { faultsOf } from '../support/faults-of.js';

const form = 'a filter is an object: { subject: /verify/ }, or { where: (message) => ... }; this is';

const noFilters: Record<string, [unknown, string]> = {
  'a function': [(): boolean => true, 'a function'],
  'a regular expression': [/verify/, 'a regular expression'],
  'a text': ['verify', 'a text'],
  'a number': [5000, 'the number 5000'],
  true: [true, 'true'],
  null: [null, 'null'],
  'an array': [[{ subject: 'x' }], 'an array'],
  'a date': [new Date(), 'an instance of Date'],
  'a map': [new Map(), 'an instance of Map'],
  'a promise': [Promise.resolve({}), 'a promise: is an await missing?'],
  'an object that inherits its fields': [Object.create({ subject: 'x' }), 'an instance of Object'],
};

for (const [what, [value, kind]] of Object.entries(noFilters)) {
  test(`${what} is no filter, and takes no message`, () => {
    expect(faultsOf(() => checkSearch('find', value, {}))).toEqual([`${form} ${kind}`]);
    expect(describeFilter(value)).toBe(kind);
  });
}

test('a message is no filter', async () => {
  const message = await createMessage({ from: 'app@contoso.com', to: 'qa@contoso.com', subject: 'x' });
  expect(faultsOf(() => checkSearch('find', message, {}))).toEqual([`${form} an instance of Message`]);
});

const faulty: Record<string, [object, string | RegExp]> = {
  'a field that is undefined': [{ subject: undefined }, 'subject is undefined'],
  'a function that is undefined': [{ where: undefined }, 'where is undefined'],
  'an empty text, which every subject has': [
    { subject: ' ' },
    'subject must be a text or a regular expression, not an empty text: write /^$/ for what has no text',
  ],
  null: [{ from: null }, 'from must be a text or a regular expression, not null'],
  'an array': [{ to: ['a@contoso.com'] }, 'to must be a text or a regular expression, not an array'],
  'a function in place of a text': [
    { subject: (): boolean => true },
    'subject must be a text or a regular expression, not a function',
  ],
  'a misspelt field': [{ subjet: 'x' }, 'subjet is not a field of a filter: did you mean subject?'],
  'a field in another case': [{ Subject: 'x' }, 'Subject is not a field of a filter: did you mean subject?'],
  'a field that there is not': [{ folderName: 'x' }, /^folderName is not a field of a filter; there are from, to, cc/],
  'a name of every object': [{ toString: 'x' }, /^toString is not a field of a filter; there are from/],
  'a constructor': [{ constructor: /x/ }, /^constructor is not a field of a filter; there are from/],
  'a prototype': [JSON.parse('{"__proto__": "x"}'), /^__proto__ is not a field of a filter; there are from/],
  'a symbol': [{ [Symbol('subject')]: 'x' }, /^Symbol\(subject\) is not a field of a filter/],
  'a time-out': [
    { timeout: 5000 },
    'timeout is not a field of a filter: it belongs in the second argument: (filter, { timeout: 5000 })',
  ],
  'a folder': [{ folder: 'junkemail' }, /^folder is not a field of a filter: it belongs in the second argument/],
  'no header field': [{ header: {} }, 'header names no header field'],
  'a header field that is undefined': [{ header: { 'X-A': undefined } }, 'header X-A is undefined'],
  'a header field with a colon': [{ header: { 'X-A:': 'b' } }, `header has "X-A:", which is no header field's name`],
  'headers in a list': [{ header: ['X-A'] }, `header must be an object, { 'X-Campaign': /spring/ }, not an array`],
  'a text in place of true': [{ hasAttachment: 'yes' }, 'hasAttachment must be true or false, not a text'],
  'a text in place of a function': [{ where: 'x' }, 'where must be a function of the message, not a text'],
};

for (const [what, [filter, fault]] of Object.entries(faulty)) {
  test(`a filter with a fault is refused: ${what}`, () => {
    const expected = typeof fault === 'string' ? fault : expect.stringMatching(fault);
    expect(faultsOf(() => checkSearch('find', filter, {}))).toEqual([expected]);
  });
}

test('a filter may have been made without a prototype, and be empty', () => {
  expect(faultsOf(() => checkSearch('find', Object.assign(Object.create(null), { subject: 'x' }), {}))).toEqual([]);
  expect(faultsOf(() => checkSearch('find', {}, {}))).toEqual([]);
});

const options: Record<string, [unknown, string | RegExp]> = {
  'a number': [5000, 'the options are an object: { timeout: 5000 }; this is the number 5000'],
  null: [null, 'the options are an object: { timeout: 5000 }; this is null'],
  'a misspelt option': [{ timout: 5 }, 'timout is not a field of the options: did you mean timeout?'],
  'a field of a filter': [
    { subject: 'x' },
    'subject is not a field of the options: it belongs in the first argument, the filter',
  ],
  'a signal that is none': [{ signal: {} }, 'signal must be an AbortSignal, not an object'],
  'an unknown folder': [{ folder: 'junk' }, /^folder is "junk", which is no well-known folder: did you mean/],
};
for (const timeout of [Infinity, NaN, -1, null, '500', 2 ** 31, 5n, [500]]) {
  options[`the time-out ${typeof timeout} ${String(timeout)}`] = [
    { timeout },
    /^timeout must be milliseconds, a number from 0 \(no limit\) to 2147483647, not /,
  ];
}

for (const [what, [value, fault]] of Object.entries(options)) {
  test(`options with a fault are refused: ${what}`, () => {
    const expected = typeof fault === 'string' ? fault : expect.stringMatching(fault);
    expect(faultsOf(() => checkSearch('find', {}, value))).toEqual([expected]);
  });
}

test('arguments that were swapped are told where they belong, all in one error', () => {
  expect(faultsOf(() => checkSearch('waitForMessage', { timeout: 5000 }, { subject: 'x' }))).toEqual([
    'timeout is not a field of a filter: it belongs in the second argument: (filter, { timeout: 5000 })',
    'subject is not a field of the options: it belongs in the first argument, the filter',
  ]);
  expect(() => checkSearch('waitForMessage', 1, 2)).toThrow(
    /^The arguments of waitForMessage\(filter, options\) are not usable\.\n/,
  );
});
