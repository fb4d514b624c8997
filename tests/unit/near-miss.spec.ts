import { expect, test } from '@playwright/test';
import { nearMiss } from '../../src/mail/following/near-miss.js';

const own = 'qa+k3x9w2d@contoso.com';

const misses: Readonly<Record<string, RegExp>> = {
  'qa+k3x9w2d@contoso.co': /^the domain is contoso\.co, not contoso\.com$/,
  'QA+K3X9W2D@fabrikam.com': /^the domain is fabrikam\.com/,
  'qak3x9w2d@contoso.com': /^the \+ was lost: .*encodeURIComponent/,
  'qa k3x9w2d@contoso.com': /^the \+ was lost/,
  'qa%2Bk3x9w2d@contoso.com': /^the \+ was lost/,
  'qa_k3x9w2d@contoso.com': /^the \+ was lost/,
  'qa+k3x9w2@contoso.com': /^is it mistyped\? The address is qa\+k3x9w2d@contoso\.com$/,
  'qa+k3x9wd2@contoso.com': /^is it mistyped/,
  'q+k3x9w2d@contoso.con': /^is it mistyped/,
};

for (const [address, words] of Object.entries(misses)) {
  test(`${address} is nearly the address that was meant`, () => {
    expect(nearMiss(address, own)).toMatch(words);
  });
}

for (const address of [
  own,
  own.toUpperCase(),
  'qa+m7n8b5v@contoso.com',
  'qa@contoso.com',
  'app@contoso.com',
  '',
  '@',
]) {
  test(`${address || 'nothing'} is no mistake for another`, () => {
    expect(nearMiss(address, own)).toBeUndefined();
  });
}

test('addresses that differ in a number are those of two', () => {
  expect(nearMiss('qa1@contoso.com', 'qa2@contoso.com')).toBeUndefined();
});

test('an address without end is compared in no time', () => {
  expect(nearMiss(`${'qa+'.repeat(100_000)}@contoso.com`, own)).toBeUndefined();
});
