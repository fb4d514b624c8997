import { expect, test } from '@playwright/test';
import { createMessage } from '../support/create-message.js';
import type { Message } from '../../src/mail/message/message.js';

const parties = { from: 'App <no-reply@contoso.com>', to: 'qa@contoso.com' };
const html = (body: string): Promise<Message> => createMessage({ ...parties, html: body });
const text = (body: string): Promise<Message> => createMessage({ ...parties, text: body });
const hrefs = ({ links }: Message): string[] => links.map(({ href }) => href);

const addresses: Readonly<Record<string, readonly [body: string, hrefs: readonly string[]]>> = {
  'white space around, line breaks within': [
    '<a href=" https://contoso.com/v?t=a\n bc ">x</a>',
    ['https://contoso.com/v?t=a bc'],
  ],
  'a relative one starts from the base': [
    '<base href="https://contoso.com/a/"><base href="https://other.contoso.com"><a href="v?t=1">x</a><a href="//cdn.contoso.com/y">y</a>',
    ['https://contoso.com/a/v?t=1', 'https://cdn.contoso.com/y'],
  ],
  'without a base it is as written, but for one without a scheme': [
    '<a href="/v">x</a><a href="//contoso.com/v">y</a><a href="{{link}}">z</a>',
    ['/v', 'https://contoso.com/v', '{{link}}'],
  ],
  'scripts, data, places in the mail lead nowhere': [
    '<a href="java\nscript:x()">a</a><a href="data:text/html,x">b</a><a href="vbscript:x">c</a><a href=" #top">d</a><a href="">e</a>',
    [],
  ],
  'slashes as a browser reads them': ['<a href="https:\\\\contoso.com\\v">x</a>', ['https://contoso.com/v']],
  'what is hidden is no link': [
    '<style>.no{display:none}</style><a class="no" href="https://a.contoso.com">a</a><div hidden><a href="https://b.contoso.com">b</a></div><a href="https://c.contoso.com">c</a>',
    ['https://c.contoso.com'],
  ],
  'in their order, marked and bare': [
    '<p>https://a.contoso.com/1 <a href="https://b.contoso.com">b</a> https://c.contoso.com/<wbr>3</p>',
    ['https://a.contoso.com/1', 'https://b.contoso.com', 'https://c.contoso.com/3'],
  ],
  'an address that a link shows is no link of its own': [
    '<a href="https://click.contoso.com/1">https://app.contoso.com/v</a>',
    ['https://click.contoso.com/1'],
  ],
};

for (const [what, [body, wanted]] of Object.entries(addresses)) {
  test(`where links lead: ${what}`, async () => {
    expect(hrefs(await html(body))).toEqual(wanted);
  });
}

const texts: Readonly<Record<string, readonly [body: string, texts: readonly string[]]>> = {
  'visible text and alternative texts': [
    '<a href="https://contoso.com" title="tip"><img src="x" alt="Logo"> Verify <style>.a{}</style><script>x</script><span style="display:none">no</span></a>',
    ['Logo Verify'],
  ],
  'its label, where nothing is to be read': [
    '<a href="https://contoso.com/1" aria-label="Open"><img src="x"></a><a href="https://contoso.com/2" aria-label="Open">Shut</a>',
    ['Open', 'Shut'],
  ],
  'the alternative text of an area': ['<map><area href="https://contoso.com" alt="Home"></map>after', ['Home']],
  'what is invisible around it is none of it': [
    '<a href="https://contoso.com">&#8199;&#65279;&zwnj;Ver&shy;ify&nbsp;now&#847;</a>',
    ['Verify now'],
  ],
  'blocks and breaks part words': [
    '<a href="https://contoso.com">Verify<br>now<div>please</div></a>',
    ['Verify now please'],
  ],
  'one that is not closed ends where the next begins': [
    '<a href="https://contoso.com/1">One<a href="https://contoso.com/2">Two</a> three',
    ['One', 'Two'],
  ],
};

for (const [what, [body, wanted]] of Object.entries(texts)) {
  test(`the text of links: ${what}`, async () => {
    expect((await html(body)).links.map(({ text: read }) => read)).toEqual(wanted);
  });
}

const bare: Readonly<Record<string, readonly [text: string, hrefs: readonly string[]]>> = {
  'punctuation and brackets around': [
    'See https://contoso.com/a. (https://contoso.com/b_(c)) "https://contoso.com/d"; <https://contoso.com/e>!',
    ['https://contoso.com/a', 'https://contoso.com/b_(c)', 'https://contoso.com/d', 'https://contoso.com/e'],
  ],
  'marks of emphasis around': [
    '*https://contoso.com/a* **https://contoso.com/b** _https://contoso.com/c_ `https://contoso.com/d` https://contoso.com/e_ [f](https://contoso.com/f)',
    'abcde'
      .split('')
      .map((end) => `https://contoso.com/${end === 'e' ? 'e_' : end}`)
      .concat('https://contoso.com/f'),
  ],
  'Chinese before and after': [
    '点击https://contoso.com/v?t=1，谢谢。「https://contoso.com/w」',
    ['https://contoso.com/v?t=1', 'https://contoso.com/w'],
  ],
  'hosts of a development machine': [
    'http://localhost:3000/v http://app_1:8080/v http://127.0.0.1/v http://[::1]:80/v',
    ['http://localhost:3000/v', 'http://app_1:8080/v', 'http://127.0.0.1/v', 'http://[::1]:80/v'],
  ],
  "an application's scheme": [
    'contosoapp://verify?t=1 com.contoso.app:///v Verify.https://contoso.com/v',
    ['contosoapp://verify?t=1', 'com.contoso.app:///v', 'https://contoso.com/v'],
  ],
  'without a scheme, where it can be nothing else': [
    'www.contoso.com, app.contoso.com/v?t=1, report.zip, main.rs, contoso.com, and/or, @ada, help@contoso.com',
    ['http://www.contoso.com', 'http://app.contoso.com/v?t=1'],
  ],
  'over two lines in angle brackets': ['<https://contoso.com/v?t=abc\r\ndef>', ['https://contoso.com/v?t=abcdef']],
  'an address within an address': [
    'https://contoso.com/?to=https://b.contoso.com/',
    ['https://contoso.com/?to=https://b.contoso.com/'],
  ],
  'mailto:': ['mailto:help@contoso.com', ['mailto:help@contoso.com']],
};

for (const [what, [body, wanted]] of Object.entries(bare)) {
  test(`addresses in a text: ${what}`, async () => {
    expect(hrefs(await text(body))).toEqual(wanted);
  });
}

const target = 'https://app.contoso.com/verify?token=a-b_c&u=7';
const encoded = encodeURIComponent(target);
const wrapped: Readonly<Record<string, string>> = {
  'Safe Links': `https://eur01.safelinks.protection.outlook.com/?url=${encoded}&data=05%7C02&reserved=0`,
  'Safe Links of Teams': `https://statics.teams.cdn.office.net/evergreen-assets/safelinks/1/atp-safelinks.html?url=${encoded}&locale=en`,
  'URL Defense 1': `https://urldefense.proofpoint.com/v1/url?u=${encoded}&k=abc%0A`,
  'URL Defense 2':
    'https://urldefense.proofpoint.com/v2/url?u=https-3A__app.contoso.com_verify-3Ftoken-3Da-2Db-5Fc-26u-3D7&d=DwMF&c=x',
  'URL Defense 3': `https://urldefense.com/v3/__https://app.contoso.com/verify?token=a-b_c*u=7__;Jg!!AbC!dEf$`,
  'URL Defense 3, of several characters': `https://urldefense.us/v3/__https:/app.contoso.com/verify**Aoken=a-b_c*u=7__;P3Qm!!AbC!dEf$`,
  Mimecast: `https://protect-eu.mimecast.com/s/abc?domain=contoso.com&url=${encoded}`,
  Barracuda: `https://linkprotect.cudasvc.com/url?a=${encoded}&c=E,1,abc&typo=1`,
  Cisco: `https://secure-web.cisco.com/1abc-def/${encoded}`,
  'Trend Micro': `https://imsva91-ctp.trendmicro.com/wis/clicktime/v1/query?url=${encoded}&umid=1`,
  FireEye: `https://protect2.fireeye.com/v1/url?k=1&q=1&e=2&u=${encoded}`,
  Symantec: `https://clicktime.symantec.com/abc?u=${encoded}`,
  Trustwave: `https://scanmail.trustwave.com/?c=1&d=2&u=${encoded}`,
  Esva: `https://urlsand.esvalabs.com/?u=${encoded}&e=1`,
  Sophos: `https://eu-central-1.protection.sophos.com/?d=contoso.com&u=${Buffer.from(target).toString('base64')}&i=1`,
  Avanan: `https://url.avanan.click/v2/___${target}___.YXAz`,
  Google: `https://www.google.com/url?q=${encoded}&sa=D`,
  'one in another': `https://eur01.safelinks.protection.outlook.com/?url=${encodeURIComponent(`https://secure-web.cisco.com/1a/${encoded}`)}`,
};

for (const [scanner, address] of Object.entries(wrapped)) {
  test(`the wrapper of ${scanner} is undone, and kept beside`, async () => {
    const { links } = await html(`<a href="${address.replaceAll('&', '&amp;')}">Verify</a>`);
    expect(links).toEqual([{ href: target, text: 'Verify', wrapped: address }]);
  });
}

for (const address of [
  'https://protect-eu.mimecast.com/s/abc?domain=contoso.com',
  'https://eur01.safelinks.protection.outlook.com/?url=javascript%3Aalert(1)',
  'https://safelinks.protection.outlook.com.contoso.com/?url=https%3A%2F%2Fcontoso.com',
  'https://urldefense.com/v3/__https://contoso.com/*__;!!AbC!dEf$',
  'https://secure-web.cisco.com/1abc/%E0%A4%A',
  'https://u1.ct.contoso.com/ls/click?upn=abc&url=https%3A%2F%2Fcontoso.com',
]) {
  test(`what holds no address stays as it is: ${address}`, async () => {
    expect((await text(address)).links).toEqual([{ href: address, text: address }]);
  });
}

test('a link without a pattern is the one to a page, mail and phone addresses beside it or not', async () => {
  const contacts = '<a href="mailto:help@contoso.com">Help</a><a href="tel:+15550199">Call</a>';
  const message = await html(`${contacts}<a href="https://contoso.com/v">Verify</a>`);
  expect(message.link().href).toBe('https://contoso.com/v');
  expect(message.link('Help').href).toBe('mailto:help@contoso.com');
  expect((await html('<a href="mailto:help@contoso.com">Help</a>')).link().text).toBe('Help');
});

test('two spellings of one address lead to one place', async () => {
  const message = await html('<a href="https://contoso.com">a</a><a href="https://CONTOSO.com/">b</a>');
  expect(message.link().text).toBe('a');
});

test('a link that is missing lists those that are there, some of very many', async () => {
  const few = await html('<a href="https://contoso.com/v?t=secret">Verify</a>');
  expect(() => few.link('other')).toThrow(/it has none.*"Verify" leads to https:\/\/contoso.com\/v\?\.\.\./s);
  const many = await html(
    Array.from({ length: 300 }, (_, n) => `<a href="https://contoso.com/${n}">${n}</a>`).join(''),
  );
  expect(many.links).toHaveLength(300);
  expect(() => many.link()).toThrow(/300 that lead to different places.*"19" leads to.*and 280 more/s);
});

test('links of the text part count where the HTML has none', async () => {
  const both = { ...parties, text: 'https://text.contoso.com/v' };
  expect(hrefs(await createMessage({ ...both, html: '<p>Hello</p>' }))).toEqual(['https://text.contoso.com/v']);
  expect(hrefs(await createMessage({ ...both, html: '<a href="https://contoso.com/v">v</a>' }))).toEqual([
    'https://contoso.com/v',
  ]);
});
