import { expect, test } from '@playwright/test';
import { SaxesParser } from 'saxes';
import { deleteItems, markItems } from '../../src/mail/ews/change-requests.js';
import {
  envelope,
  findItem,
  getFolder,
  getItem,
  getStreamingEvents,
  isGreaterThan,
  property,
  sendMessage,
  subscribe,
  unsubscribe,
} from '../../src/mail/ews/requests.js';

const hostile = `"/><t:ItemId Id='x'>&amp;<![CDATA[ ]]> grüße 😀`;
const folder = { id: hostile, name: hostile };
const subject = property('item:Subject');
const version = 'Exchange2010_SP1';

const requests = {
  GetItem: getItem([hostile], [subject]),
  FindItem: findItem(folder, {
    properties: [subject],
    filter: isGreaterThan(subject, hostile),
    sort: [subject, 'Ascending'],
    count: 1,
  }),
  GetFolder: getFolder('inbox', hostile),
  Subscribe: subscribe(folder),
  GetStreamingEvents: getStreamingEvents(hostile, 29),
  Unsubscribe: unsubscribe(hostile),
  CreateItem: sendMessage(Buffer.from(hostile), hostile),
  UpdateItem: markItems([{ id: hostile, changeKey: hostile, kind: 'Message' }], {
    isRead: true,
    suppressesReceipts: true,
  }),
  DeleteItem: deleteItems([hostile]),
};

for (const [name, request] of Object.entries(requests)) {
  test(`${name} carries any text as it is, and nothing but that`, () => {
    const harmless = namesIn(
      envelope(request.replaceAll(/(?<=Id="|Value="|>)[^<>"]*&quot;[^<>"]*/g, 'x'), { version }),
    );
    const { names, texts } = read(envelope(request, { version }));
    expect(texts).toContain(hostile);
    expect(names).toEqual(harmless);
    expect(names).toContain(`m:${name}`);
  });
}

test('whom to act as is told, whatever the address', () => {
  const { names, texts } = read(envelope(requests.GetItem, { version, impersonated: hostile }));
  expect(names.slice(0, 6)).toEqual([
    'soap:Envelope',
    'soap:Header',
    't:RequestServerVersion',
    't:ExchangeImpersonation',
    't:ConnectingSID',
    't:SmtpAddress',
  ]);
  expect(texts.filter((text) => text === hostile)).toHaveLength(2);
});

test('an item is asked for without further properties where none are wanted', () => {
  expect(namesIn(envelope(getItem(['1'], []), { version }))).not.toContain('t:AdditionalProperties');
});

function namesIn(document: string): string[] {
  return read(document).names;
}

/** The elements of a document, and its texts: those in attributes too. */
function read(document: string): { names: string[]; texts: string[] } {
  const names: string[] = [];
  const texts: string[] = [];
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    names.push(name);
    for (const { value } of Object.values(attributes)) texts.push(value);
  });
  parser.on('text', (text) => texts.push(text));
  parser.write(document).close();
  return { names, texts };
}
