import { expect, test } from '@playwright/test';
import { nearestPassage } from '../../src/fixtures/matchers/nearest-passage.js';

const filler = 'Lorem ipsum dolor sit amet consetetur. '.repeat(20);
const text = `Hello Ada,\n${filler}\nYour code is 471125 and lasts ten minutes.\n${filler}`;

test('a short text is shown whole', () => {
  expect(nearestPassage(' Hello Ada, your code is 1234.\n', 'other')).toBe('Hello Ada, your code is 1234.');
});

test('of a long text the part is shown that has most in common with what was expected', () => {
  const passage = nearestPassage(text, 'your code is 999999');
  expect(passage).toBe('...sit amet consetetur. \nYour code is 471125 and lasts ten...');
});

test('of a short text of several lines too', () => {
  const letter = 'Dear customer,\n\nyour invoice 42 of 17 November is attached.\n\nKind regards\nContoso';
  expect(nearestPassage(letter, 'your invoice 43')).toBe('Dear customer,\n\nyour invoice 42 of 17 November...');
});

test('of a regular expression its words count', () => {
  expect(nearestPassage(text, /code\s+is\s+(\d{8})/)).toContain('Your code is 471125');
});

test('where nothing is in common the beginning is shown, and no more than a reader takes in', () => {
  const passage = nearestPassage(text, /xyz/);
  expect(passage).toMatch(/^Hello Ada,/);
  expect(passage.length).toBeLessThan(310);
  expect(nearestPassage('word '.repeat(100_000), 'word '.repeat(50_000)).length).toBeLessThan(310);
});
