import { expect, test } from '@playwright/test';
import { EnvelopeSplitter } from '../../src/mail/ews/envelope-splitter.js';

const soap = 'http://schemas.xmlsoap.org/soap/envelope/';

function envelope(prefix: string, text: string): string {
  const p = prefix && `${prefix}:`;
  const xmlns = prefix ? `xmlns:${prefix}` : 'xmlns';
  return `<${p}Envelope ${xmlns}="${soap}"><${p}Body><x>${text}</x></${p}Body></${p}Envelope>`;
}

for (const prefix of ['', 'soap', 's', 'SOAP', 'SOAP-ENV']) {
  test(`an envelope cut anywhere comes out whole (prefix "${prefix}")`, () => {
    const bytes = Buffer.from(envelope(prefix, 'grüße 😀 <y a=">"/>'));
    const cuts = Array.from({ length: bytes.length + 1 }, (_, cut) => {
      const splitter = new EnvelopeSplitter();
      return [cut, ...splitter.push(bytes.subarray(0, cut)), ...splitter.push(bytes.subarray(cut))];
    });
    expect(cuts).toEqual(cuts.map((_, cut) => [cut, envelope(prefix, 'grüße 😀 <y a=">"/>')]));
  });
}

test('envelopes come out of a stream of single octets, in order', () => {
  const splitter = new EnvelopeSplitter();
  const bytes = Buffer.from(['one', 'zwölf', '三'].map((text) => envelope('soap', text)).join(''));
  const out = [...bytes].flatMap((octet) => splitter.push(Uint8Array.of(octet)));
  expect(out).toEqual(['one', 'zwölf', '三'].map((text) => envelope('soap', text)));
});

test('back to back in one chunk, each comes out by itself', () => {
  const out = new EnvelopeSplitter().push(Buffer.from(envelope('s', 'a') + envelope('s', 'b') + envelope('', 'c')));
  expect(out).toEqual([envelope('s', 'a'), envelope('s', 'b'), envelope('', 'c')]);
});

test('byte order marks, XML declarations and white space between them are dropped', () => {
  const noise = '\ufeff<?xml version="1.0" encoding="utf-8"?>\r\n \t';
  const out = new EnvelopeSplitter().push(Buffer.from(noise + envelope('', 'a') + noise + envelope('', 'b') + '\n\n'));
  expect(out).toEqual([envelope('', 'a'), envelope('', 'b')]);
});

test('white space in the end tag is accepted', () => {
  const out = new EnvelopeSplitter().push(Buffer.from('<s:Envelope\n xmlns:s="x"><s:Body/></s:Envelope \n>'));
  expect(out).toEqual(['<s:Envelope\n xmlns:s="x"><s:Body/></s:Envelope \n>']);
});

test('an element whose name only begins alike is no envelope', () => {
  expect(new EnvelopeSplitter().push(Buffer.from('<Envelopes></Envelopes>' + envelope('', 'a')))).toEqual([
    envelope('', 'a'),
  ]);
});

test('an envelope that never ends is refused', () => {
  const splitter = new EnvelopeSplitter(1000);
  splitter.push(Buffer.from('<Envelope>'));
  expect(() => splitter.push(Buffer.alloc(2000, 'x'))).toThrow(/above 1000 characters/);
});

test('endless noise between envelopes is not kept', () => {
  const splitter = new EnvelopeSplitter(1000);
  for (let round = 0; round < 100; round++) expect(splitter.push(Buffer.from('<?pi?>'.repeat(50)))).toEqual([]);
  expect(splitter.push(Buffer.from(envelope('', 'a')))).toEqual([envelope('', 'a')]);
});

test('an envelope in chunks of an octet is looked at once', () => {
  const splitter = new EnvelopeSplitter();
  const long = Buffer.from(envelope('s', '<>'.repeat(50_000)));
  const out: string[] = [];
  for (let at = 0; at < long.length; at++) out.push(...splitter.push(long.subarray(at, at + 1)));
  expect(out).toHaveLength(1);
});
