import { expect, test } from '@playwright/test';
import { selectSignIn } from '../../src/auth/select-sign-in.js';
import { encodeExportedToken } from '../../src/auth/store/exported-token.js';
import type { StoredTokens } from '../../src/auth/store/stored-tokens.js';
import { checkTokenVariables, tokenVariable } from '../../src/auth/store/token-variable.js';
import { fingerprint, tokens } from './stored-tokens.js';

test('of store and variable the later issued is used, and the one that fits before one that does not', () => {
  const exported = (issuedAt: string, change = {}): string =>
    encodeExportedToken({
      v: 1,
      refreshToken: 'exported',
      issuedAt,
      fingerprint: { ...fingerprint, ...change },
      account: 'qa@contoso.com',
    });
  const select = (text: string, stored: StoredTokens | undefined = tokens): string =>
    selectSignIn({
      connection: 'a',
      expected: fingerprint,
      stored,
      environment: { [tokenVariable('a')]: text },
    }).refreshToken;
  expect(select(exported('2026-01-03T00:00:00Z'))).toBe('exported');
  expect(select(exported('2026-01-01T00:00:00Z'))).toBe('the-refresh-token');
  expect(select(exported('2026-01-03T00:00:00Z', { clientId: 'b' }))).toBe('the-refresh-token');
  expect(select(exported('2026-01-01T00:00:00Z'), { ...tokens, fingerprint: { ...fingerprint, tenantId: 'b' } })).toBe(
    'exported',
  );
});

for (const [field, value] of Object.entries({ ...fingerprint, user: 'ada@contoso.com' })) {
  test(`a changed ${field} is named`, () => {
    const expected = { ...fingerprint, [field]: field === 'user' ? value : `${value}x` };
    expect(() => selectSignIn({ connection: 'a', expected, stored: tokens, environment: {} })).toThrow(
      new RegExp(`^Changed: ${field} of connection "a"`),
    );
  });
}

test('scopes of another protocol are named, with what to do to be given them', () => {
  const outlook = 'https://outlook.office.com';
  const before = { ...fingerprint, scopes: `${outlook}/IMAP.AccessAsUser.All ${outlook}/SMTP.Send` };
  const expected = { ...fingerprint, scopes: 'https://graph.microsoft.com/Mail.ReadWrite openid' };
  const stored = { ...tokens, fingerprint: before };
  expect(() => selectSignIn({ connection: 'a', expected, stored, environment: {} })).toThrow(
    [
      'Changed: scopes of connection "a" differ from what was authorised.',
      '  - It was authorised for IMAP.AccessAsUser.All, SMTP.Send of outlook.office.com, and now asks for Mail.ReadWrite of graph.microsoft.com, openid.',
      '  - Add these permissions to the app registration; the sign-in page then asks for consent to them.',
    ].join('\n'),
  );
});

test('connections that a person signs in for, and whose variables would be one and the same, are refused', () => {
  const person = { protocol: 'ews', auth: { type: 'oauth2', tenantId: 't', clientId: 'c' } } as const;
  const app = { ...person, auth: { ...person.auth, grant: 'client_credentials' } } as const;
  expect(() => checkTokenVariables({ qa: person, 'QA-2': person, 'qa.2': app })).not.toThrow();
  expect(() => checkTokenVariables({ 'qa-1': person, ada: app, QA_1: person })).toThrow(
    'The connections "qa-1" and "QA_1" share the variable PLAYWRIGHT_EXCHANGE_TOKEN_QA_1.',
  );
});
