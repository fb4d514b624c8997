import { expect, test } from '@playwright/test';
import { findAuthentication, type TrustedServer } from '../../src/mail/message/authentication/find-authentication.js';
import { readFields } from '../../src/mail/message/mime/read-fields.js';
import type { Authentication } from '../../src/mail/message/authentication/authentication.js';

function find(lines: readonly string[], trusted?: TrustedServer): Promise<Authentication> {
  const source = Buffer.from([...lines, '', 'x'].join('\r\n'), 'latin1');
  return findAuthentication(readFields(source, 0, () => false).fields, trusted);
}

const received = (by: string, from = 'mail.fabrikam.com'): string =>
  `Received: from ${from} (unknown [203.0.113.7])\r\n\tby ${by} with ESMTPS id 1; Fri, 27 Nov 2026 08:00:00 +0000`;

const ownForm =
  'Authentication-Results: spf=pass (sender IP is 203.0.113.7)\r\n smtp.mailfrom=fabrikam.com; dkim=fail (body hash; did not verify)\r\n header.d=fabrikam.com;dmarc=pass action=none header.from=fabrikam.com;compauth=pass reason=100';

test('the form of RFC 8601 is read, with versions, comments and quotes', async () => {
  const found = await find([
    'Authentication-Results: "mx.contoso.com" 1 (ours);',
    '\tspf/1=PASS smtp.mailfrom=app@fabrikam.com; dkim = fail (bad; signature (really)) reason="a; b \\"c\\"" header.d=other.com;',
    '\tdkim=pass header.d=fabrikam.com header.s=s1; dmarc=pass header.from=fabrikam.com; arc=none',
    received('mx.contoso.com'),
  ]);
  expect(found).toMatchObject({
    server: 'mx.contoso.com',
    spf: 'pass',
    dkim: 'pass',
    dmarc: 'pass',
    arc: 'none',
    absence: '',
  });
  expect(found.results[1]).toEqual({
    method: 'dkim',
    result: 'fail',
    reason: 'a; b "c"',
    properties: { 'header.d': 'other.com' },
  });
});

test(`Exchange Online's own form is read, above the field of the server that took the message in`, async () => {
  const found = await find([
    received('VI1PR05MB1234.eurprd05.prod.outlook.com', 'DB9PR05MB1.eurprd05.prod.outlook.com'),
    ownForm,
    received('AM7EUR03FT056.mail.protection.outlook.com'),
  ]);
  expect(found).toMatchObject({ server: '', spf: 'pass', dkim: 'fail', dmarc: 'pass', absence: '' });
  expect(found.results.map(({ method }) => method)).toEqual(['spf', 'dkim', 'dmarc', 'compauth']);
});

const passes = (server: string): string => `Authentication-Results: ${server}; dmarc=pass header.from=contoso.com`;
const fails = (server: string): string => `Authentication-Results: ${server}; dmarc=fail header.from=contoso.com`;

const forged: Readonly<Record<string, readonly [lines: readonly string[], expected: Partial<Authentication>]>> = {
  'a forged one below that of the receiver': [
    [received('mx.contoso.com'), fails('mx.contoso.com'), received('mail.fabrikam.com'), passes('mx.contoso.com')],
    { dmarc: 'fail' },
  ],
  'a forged one without a name, where the receiver is not Exchange Online': [
    [received('mx.contoso.com'), 'Authentication-Results: dmarc=pass header.from=contoso.com'],
    { dmarc: undefined, absence: 'one without a name recorded the outermost, below mx.contoso.com who took it in' },
  ],
  'one of a server of somebody else': [
    [received('mx.contoso.com'), passes('mx.fabrikam.com')],
    { dmarc: undefined, absence: 'mx.fabrikam.com recorded the outermost, below mx.contoso.com who took it in' },
  ],
  'one of a server of somebody else above that of the receiver': [
    [received('mx.contoso.com'), passes('mx.fabrikam.com'), passes('mx.contoso.com')],
    { dmarc: undefined },
  ],
  'a name that only ends like the receiver': [
    [received('mx.contoso.com'), passes('evilcontoso.com')],
    { dmarc: undefined },
  ],
  'a name under the same public suffix': [
    [received('mx.contoso.co.uk'), passes('mx.fabrikam.co.uk')],
    { dmarc: undefined },
  ],
  'a forged one below a server of somebody else': [
    [received('mx.contoso.com'), received('mail.fabrikam.com'), passes('mx.contoso.com')],
    { dmarc: undefined },
  ],
  'a forged one without a name that came to Exchange Online from outside': [
    [received('x.mail.protection.outlook.com'), received('mail.fabrikam.com'), ownForm],
    { dmarc: undefined },
  ],
  'one by nobody': [
    [passes('mx.contoso.com')],
    { dmarc: undefined, absence: 'mx.contoso.com recorded the outermost, below nobody who took it in' },
  ],
  'none at all': [[received('mx.contoso.com')], { absence: 'no server recorded any' }],
};

for (const [what, [lines, expected]] of Object.entries(forged)) {
  test(`what nobody vouches for does not count: ${what}`, async () => {
    expect(await find(lines)).toMatchObject(expected);
  });
}

test('another server of the same organisation is the receiver, and all its fields count', async () => {
  const dkim = 'Authentication-Results: mx1.contoso.com; dkim=pass header.d=fabrikam.com';
  const found = await find([
    received('store.contoso.com', 'mx1.contoso.com'),
    received('mx1.contoso.com'),
    fails('mx1.contoso.com'),
    dkim,
    received('x'),
    passes('mx1.contoso.com'),
  ]);
  expect(found).toMatchObject({ server: 'mx1.contoso.com', dkim: 'pass', dmarc: 'fail' });
});

test('a gateway in front of the receiver counts where it is named', async () => {
  const lines = [
    received('mx.contoso.com', 'gw.gateway.net'),
    fails('mx.contoso.com'),
    received('gw.gateway.net'),
    passes('gw.gateway.net'),
  ];
  expect(await find(lines)).toMatchObject({ dmarc: 'fail' });
  expect(await find(lines, 'gw.gateway.net')).toMatchObject({ server: 'gw.gateway.net', dmarc: 'pass' });
  expect(await find(lines, /\.gateway\.net$/)).toMatchObject({ dmarc: 'pass' });
  expect((await find(lines, 'gateway.net')).absence).toBe(
    'the servers that recorded any (mx.contoso.com, gw.gateway.net) are not gateway.net',
  );
});
