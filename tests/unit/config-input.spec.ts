import { expect, test } from '@playwright/test';
import { env } from '../../src/config/index.js';
import { resolveConnection } from '../../src/config/resolve-connection.js';
import { failureOf } from '../support/failure-of.js';

const auth = { type: 'oauth2', grant: 'client_credentials', tenantId: 't', clientId: 'c', clientSecret: 's3cret' };
const graph = { protocol: 'graph', user: 'qa@contoso.com', auth };

const cyclic: Record<string, unknown> = { ...graph };
cyclic['tls'] = { ca: cyclic };

const faulty: Record<string, [unknown, string | RegExp]> = {
  nothing: [undefined, 'definition: must be an object'],
  'a text': ['graph', 'definition: must be an object'],
  'an unknown protocol': [{ ...graph, protocol: 'pop3' }, "protocol: must be 'ews', 'imap' or 'graph', not 'pop3'"],
  'a secret for a protocol': [
    { ...graph, protocol: 'correct horse battery staple' },
    "protocol: must be 'ews', 'imap' or 'graph', not a text",
  ],
  'a name of every object for a protocol': [
    { ...graph, protocol: 'constructor' },
    "protocol: must be 'ews', 'imap' or 'graph', not 'constructor'",
  ],
  'an object for a protocol': [{ ...graph, protocol: Object.create(null) }, /^protocol: must be .*, not an object$/],
  'a name of every object for a cloud': [
    { ...graph, auth: { ...auth, cloud: 'constructor' } },
    /^auth\.cloud: must be one of global, /,
  ],
  'a misspelt field': [
    { ...graph, adressing: 'plus' },
    'adressing: is not a field of a connection: did you mean addressing?',
  ],
  'a misspelt field of auth': [
    { ...graph, auth: { ...auth, clientsecret: 'x' } },
    'auth.clientsecret: is not a field of a connection: did you mean clientSecret?',
  ],
  'a field in the wrong place': [
    { ...graph, redirectUrl: 'http://localhost' },
    'redirectUrl: is not a field of a connection: it belongs in auth',
  ],
  'a mailbox without a value': [
    { ...graph, mailbox: undefined },
    "mailbox: has no value: leave it out, or write env('NAME') for what stands in the environment",
  ],
  'a secret without a value': [
    { ...graph, auth: { ...auth, clientSecret: undefined } },
    /^auth\.clientSecret: is required for .*; it has no value here: write env\('NAME'\)/,
  ],
  'a variable of no name': [
    { ...graph, user: env(undefined as never) },
    'user: env() takes the name of an environment variable',
  ],
  'a variable named as what every object has': [
    { ...graph, user: env('constructor') },
    'user: the environment variable constructor is not set',
  ],
  'a list of more than one address': [
    { ...graph, user: 'a@contoso.com,b@contoso.com' },
    'user: must be an e-mail address',
  ],
  'itself in itself': [cyclic, /^tls\.ca.*: lies too deep, or refers to itself$/],
  'a pause that no timer holds': [
    { ...graph, pollIntervals: [2 ** 40] },
    'pollIntervals.0: is more than a timer holds',
  ],
  'a pause without end': [{ ...graph, pollIntervals: [Infinity] }, /^pollIntervals\.0: must be milliseconds$/],
};

for (const [what, [definition, fault]] of Object.entries(faulty)) {
  test(`a definition with a fault is refused: ${what}`, async () => {
    const error = await failureOf(resolveConnection('MSOAuthHost', definition, {}));
    expect(error.code).toBe('CONFIGURATION');
    expect(error.advice).toContainEqual(typeof fault === 'string' ? fault : expect.stringMatching(fault));
    expect(error.message).not.toContain('s3cret');
  });
}

test('what every object has is no variable, and one so named is', async () => {
  const definition = { ...graph, user: env('toString') };
  const environment = JSON.parse('{ "toString": "qa@contoso.com" }') as Record<string, string>;
  expect(await resolveConnection('x', definition, environment)).toMatchObject({ user: 'qa@contoso.com' });
});
