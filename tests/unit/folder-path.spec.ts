import { expect, test } from '@playwright/test';
import { describeFolder, folderFault } from '../../src/mail/folder-path.js';

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
  'a well-known name in another case': ['Inbox', /^is "Inbox", .*: did you mean inbox\? There are/],
  'a name of every object': ['constructor', /^is "constructor", which is no well-known folder/],
  nothing: ['', /^is "", which is no well-known folder: There are [a-z, ]*$/],
  undefined: [undefined, /^must be one of inbox, .*; this is undefined$/],
  'a number': [1, /this is the number 1$/],
  'a path of no names': [[], /this path has 0 names$/],
  'a path without end': [Array(301).fill('a'), /this path has 301 names$/],
  'an empty name in a path': [['a', ' '], 'must be a path of names, and has an empty text in it'],
  'a hole in a path': [Array(1), 'must be a path of names, and has undefined in it'],
  'a path in a path': [[['a']], 'must be a path of names, and has an array in it'],
  'a line break': [['a\r\nb'], /characters that no name has/],
  'half a character': [['\ud800'], /characters that no name has/],
  'a name without end': [['a'.repeat(1001)], 'has a name of 1001 characters: there can be 1000'],
};

for (const [what, [path, fault]] of Object.entries(faulty)) {
  test(`a folder can't be ${what}`, () => {
    if (typeof fault === 'string') expect(folderFault(path)).toBe(fault);
    else expect(folderFault(path)).toMatch(fault);
    expect(describeFolder(path)).toEqual(expect.any(String));
  });
}
