import { expect, test } from '@playwright/test';
import { asSentence } from '../../src/errors/as-sentence.js';

test('an error is a sentence, and begins with a capital letter unless it begins with a name', () => {
  expect(asSentence('the server said no')).toBe('The server said no.');
  expect(asSentence("can't be read\n  - Try again.")).toBe("Can't be read.\n  - Try again.");
  expect(asSentence('waitForMessage(subject "x") was still open')).toBe('waitForMessage(subject "x") was still open.');
  expect(asSentence('where() threw: No.')).toBe('where() threw: No.');
  expect(asSentence('auth.cloud is not set')).toBe('auth.cloud is not set.');
});
