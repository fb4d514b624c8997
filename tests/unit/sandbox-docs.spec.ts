import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { noFaults } from '../../src/sandbox/faults.js';
import { identityChangeNames } from '../../src/sandbox/identity/identity-changes.js';

const page = readFileSync(new URL('../../docs/sandbox.md', import.meta.url), 'utf8');

test('every fault is documented', () => {
  expect(Object.keys(noFaults()).filter((name) => !page.includes(name))).toEqual([]);
});

test('every change to users, apps and tokens is documented', () => {
  expect(identityChangeNames.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});
