import { expect, test } from '@playwright/test';
import { describeFolder, folderFault, folderNotFound } from '../../src/mail/folder-path.js';

for (const path of ['inbox', 'junkemail', ['Projects'], ['Projects', 'Alpha & Ω'], ['a/b', '100%', '*']]) {
  test(`a folder may be ${describeFolder(path)}`, () => {
    expect(folderFault(path)).toBeUndefined();
  });
}

const faulty: Record<string, [unknown, string | RegExp]> = {
  'a plain name': [
    'Projects',
    /is no well-known folder: There are inbox, .*; a folder of your own is a path: \["Projects"\]/,
  ],
  'a path in one text': ['Projects/None', /; a folder of your own is a path: \["Projects", "None"\]$/],
  'a path as Outlook shows it': ['\\Projects\\None\\', /; a folder of your own is a path: \["Projects", "None"\]$/],
  'a well-known name in another case': ['Inbox', /^is "Inbox", .*: did you mean inbox\? There are/],
  'a name of every object': ['constructor', /^is "constructor", which is no well-known folder/],
  nothing: ['', /^is "", which is no well-known folder: There are [a-z, ]*$/],
  undefined: [undefined, /^must be one of inbox, .*; this is undefined$/],
  'a number': [1, /this is the number 1$/],
  'a path of no names': [[], /this path has 0 names$/],
  'a path without end': [Array(301).fill('a'), /this path has 301 names$/],
  'an empty name in a path': [['a', ' '], 'has a name in it that must not be empty'],
  'a hole in a path': [Array(1), 'has a name in it that must be a text, not undefined'],
  'a path in a path': [[['a']], 'has a name in it that must be a text, not an array'],
  'a line break': [['a\r\nb'], /^has a name in it that has a line break$/],
  'half a character': [['\ud800'], /^has a name in it that has half a character/],
  'a name without end': [['a'.repeat(1001)], 'has a name in it that has 1001 characters: 1000 are taken'],
};

for (const [what, [path, fault]] of Object.entries(faulty)) {
  test(`a folder can't be ${what}`, () => {
    if (typeof fault === 'string') expect(folderFault(path)).toBe(fault);
    else expect(folderFault(path)).toMatch(fault);
    expect(describeFolder(path)).toEqual(expect.any(String));
  });
}

test('a path in one name is told with a name for each folder', () => {
  const notFound = (path: string[]) =>
    folderNotFound(path, 'qa@contoso.com', { present: [{ name: 'Archive' }] }).advice;
  expect(notFound(['Projects/None'])).toEqual([
    'there is no Projects/None in the mailbox: there are Archive',
    'a path has a name for each folder: ["Projects", "None"]',
  ]);
  expect(notFound(['Projects', 'Alpha/1'])).toContain('a path has a name for each folder: ["Projects", "Alpha", "1"]');
  expect(notFound(['Projects', 'None'])).toHaveLength(1);
});
