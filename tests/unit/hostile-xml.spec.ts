import { expect, test } from '@playwright/test';
import { parseXml } from '../../src/mail/ews/xml-tree.js';

test('entities that stand for one another are not expanded: a document type is refused', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'];
  const entities = names.map((name, index) => {
    const earlier = index === 0 ? 'a' : `&${names[index - 1]};`;
    return `<!ENTITY ${name} "${earlier.repeat(10)}">`;
  });
  const bomb = `<!DOCTYPE s [${entities.join('')}]><s>&i;</s>`;
  expect(() => parseXml(bomb)).toThrow('it has a document type, which SOAP forbids');
});

test('an entity of a file is not read', () => {
  const document = '<!DOCTYPE s [<!ENTITY file SYSTEM "file:///etc/hostname">]><s>&file;</s>';
  expect(() => parseXml(document)).toThrow('it has a document type');
});

test('elements nested without end are refused', () => {
  expect(() => parseXml('<a>'.repeat(1_000_000))).toThrow('its elements are nested more than 100 deep');
});

test('elements without end are refused', () => {
  expect(() => parseXml(`<a>${'<b/>'.repeat(1_000_000)}</a>`)).toThrow('more than 500000 elements and attributes');
});

test('attributes without end are refused', () => {
  const attributes = Array.from({ length: 600_000 }, (_, index) => ` a${index}=""`).join('');
  expect(() => parseXml(`<a${attributes}/>`)).toThrow('more than 500000 elements and attributes');
});

test('what breaks off is refused', () => {
  for (const document of ['', '<a><b></b>', 'no XML at all']) {
    expect(() => parseXml(document)).toThrow('it breaks off');
  }
});
