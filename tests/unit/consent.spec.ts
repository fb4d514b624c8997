import { expect, test } from '@playwright/test';
import { describeScopes } from '../../src/auth/consent.js';
import { authenticationError } from '../../src/auth/failures/token-error.js';
import { readTokenFailure } from '../../src/auth/failures/token-failure.js';
import { resolveConnection } from '../../src/config/resolve-connection.js';

const auth = { type: 'oauth2', tenantId: 'contoso.com', clientId: 'app', clientSecret: 's', redirectUrl: 'http://x/' };

test('where consent is missing, the error says to what, and where an administrator gives it', async () => {
  const connection = await resolveConnection('MSOAuthHost', { protocol: 'graph', auth }, {});
  const answer = readTokenFailure(400, { error: 'invalid_grant', error_codes: [65001] })!;
  const error = authenticationError(connection, answer);
  expect(error.code).toBe('AUTH_CONSENT');
  expect(error.message).toContain('what the app asks for (Mail.ReadWrite, Mail.Send of graph.microsoft.com)');
  expect(error.advice[0]).toMatch(/ https:\/\/login\.microsoftonline\.com\/contoso\.com\/adminconsent\?client_id=app$/);
});

test('scopes are named by what they are of', () => {
  const outlook = 'https://outlook.office.com';
  const scopes = [`${outlook}/IMAP.AccessAsUser.All`, `${outlook}/SMTP.Send`, 'openid'];
  expect(describeScopes(scopes)).toBe('IMAP.AccessAsUser.All, SMTP.Send of outlook.office.com, openid');
});
