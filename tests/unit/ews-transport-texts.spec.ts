import { expect, test } from '@playwright/test';
import { batches } from '../../src/async/batches.js';
import { CookieJar } from '../../src/mail/ews/cookie-jar.js';
import { deliveredTo } from '../../src/mail/delivered-to.js';
import { escapeXml } from '../../src/mail/ews/escape-xml.js';
import { responseErrors } from '../../src/mail/ews/response-codes.js';
import { parseXml } from '../../src/mail/ews/xml-tree.js';
import { Sources } from '../../src/mail/sources.js';

test.describe('escaping', () => {
  test('takes the meaning from markup, and leaves the rest', () => {
    expect(escapeXml(`<a b="c" d='e'>&amp;</a>\tgrüße 😀`)).toBe(
      '&lt;a b=&quot;c&quot; d=&apos;e&apos;&gt;&amp;amp;&lt;/a&gt;\tgrüße 😀',
    );
  });

  for (const [name, text] of Object.entries({
    NUL: 'a\0b',
    escape: '\u001b',
    FFFE: '\ufffe',
    'half a pair': '\ud83d',
  })) {
    test(`refuses ${name}, which XML cannot carry`, () => {
      expect(() => escapeXml(text)).toThrow(/which EWS cannot carry/);
    });
  }
});

test.describe('an answer', () => {
  const answer = (...messages: string[]) =>
    `<s:Envelope><s:Body><m:GetItemResponse><m:ResponseMessages>${messages.join('')}</m:ResponseMessages></m:GetItemResponse></s:Body></s:Envelope>`;
  const success =
    '<m:GetItemResponseMessage ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode></m:GetItemResponseMessage>';
  const error = (inner: string) =>
    `<m:GetItemResponseMessage ResponseClass="Error">${inner}</m:GetItemResponseMessage>`;

  test('without an error has none', () => {
    expect(responseErrors(parseXml(answer(success, success)))).toEqual([]);
  });

  test('gives codes that nobody knows, and texts, message by message', () => {
    const soap = answer(
      success,
      error('<m:MessageText>No &lt;way&gt;</m:MessageText><m:ResponseCode>ErrorBrandNew</m:ResponseCode>'),
      success,
    );
    expect(responseErrors(parseXml(soap))).toEqual([{ code: 'ErrorBrandNew', text: 'No <way>', backOff: undefined }]);
  });

  test('gives the back-off of a busy server', () => {
    const soap = answer(
      error(
        '<m:MessageText>Busy</m:MessageText><m:ResponseCode>ErrorServerBusy</m:ResponseCode>' +
          '<m:MessageXml><t:Value xmlns:t="x" Name="BackOffMilliseconds">1234</t:Value></m:MessageXml>',
      ),
    );
    expect(responseErrors(parseXml(soap))).toEqual([{ code: 'ErrorServerBusy', text: 'Busy', backOff: 1234 }]);
  });

  test('gives the busy server inside an internal error', () => {
    const soap = answer(
      error(
        '<m:MessageText>Internal</m:MessageText><m:ResponseCode>ErrorInternalServerError</m:ResponseCode>' +
          '<m:MessageXml><t:Value Name="InnerErrorResponseCode">ErrorServerBusy</t:Value></m:MessageXml>',
      ),
    );
    expect(responseErrors(parseXml(soap))).toMatchObject([{ code: 'ErrorServerBusy' }]);
  });

  test('that is a fault gives its code, text and back-off', () => {
    const soap =
      '<s:Envelope><s:Body><s:Fault><faultcode xmlns:a="x">a:ErrorServerBusy</faultcode><faultstring xml:lang="en-US">Too fast</faultstring>' +
      '<detail><e:ResponseCode xmlns:e="y">ErrorServerBusy</e:ResponseCode><e:Message xmlns:e="y">Too fast</e:Message>' +
      '<t:MessageXml xmlns:t="z"><t:Value Name="BackOffMilliseconds">99</t:Value></t:MessageXml></detail></s:Fault></s:Body></s:Envelope>';
    expect(responseErrors(parseXml(soap))).toEqual([{ code: 'ErrorServerBusy', text: 'Too fast', backOff: 99 }]);
  });

  test('that is a fault without detail gives its faultcode', () => {
    const fault = '<s:Fault><faultcode>a:ErrorSchemaValidation</faultcode><faultstring>Bad</faultstring></s:Fault>';
    const soap = `<s:Envelope><s:Body>${fault}</s:Body></s:Envelope>`;
    expect(responseErrors(parseXml(soap))).toMatchObject([{ code: 'ErrorSchemaValidation', text: 'Bad' }]);
  });
});

test('delivered-to addresses come from trace fields and from To and Cc as sent, each once', () => {
  const found = deliveredTo([
    { name: 'Received', value: 'from a by b with ESMTP\r\n\tfor <qa+tag@contoso.com>; Mon, 1 Jan 2026 00:00:00 +0000' },
    { name: 'received', value: 'from c by d for qa@contoso.com; date' },
    { name: 'Received', value: 'from e by f id 1; no recipient' },
    { name: 'Delivered-To', value: 'QA+Tag@contoso.com' },
    { name: 'X-Original-To', value: 'list@contoso.com' },
    { name: 'To', value: '"Doe, Jane" <jane@contoso.com>, qa@contoso.com' },
    { name: 'Subject', value: 'nobody@contoso.com' },
    { name: 'Cc', value: null },
  ]);
  expect(found.map((address) => address.toLowerCase()).toSorted()).toEqual(
    ['jane@contoso.com', 'list@contoso.com', 'qa+tag@contoso.com', 'qa@contoso.com'].toSorted(),
  );
});

test('cookies are kept by name, replaced, and forgotten when they expire', () => {
  const jar = new CookieJar();
  expect(jar.header()).toBeUndefined();
  jar.store(['a=1; path=/; HttpOnly', 'X-BackEndOverrideCookie=srv~1; secure', 'nonsense']);
  jar.store(['a=2==']);
  expect(jar.header()).toBe('a=2==; X-BackEndOverrideCookie=srv~1');
  jar.store(['a=; expires=Thu, 01 Jan 1970 00:00:00 GMT', 'X-BackEndOverrideCookie=; Max-Age=0']);
  expect(jar.header()).toBeUndefined();
});

test('batches keep the order, and both limits', () => {
  const sizes = [5, 5, 1, 20, 1, 1, 1];
  const cut = batches(
    sizes.map((size) => ({ size })),
    { count: 2, size: 10 },
  );
  expect(cut.map((batch) => batch.map(({ size }) => size))).toEqual([[5, 5], [1], [20], [1, 1], [1]]);
});

test('sources are handed out once, and the oldest make room', () => {
  const sources = new Sources(10);
  sources.keep('a', Buffer.alloc(6));
  sources.keep('b', Buffer.alloc(6));
  expect(sources.take('a')).toBeUndefined();
  expect(sources.take('b')).toHaveLength(6);
  expect(sources.take('b')).toBeUndefined();
  sources.keep('c', Buffer.alloc(10));
  expect(sources.take('c')).toHaveLength(10);
});
