import { test } from '@playwright/test';
import type { StoredTokens } from '../../src/auth/store/stored-tokens.js';
import { TokenStore } from '../../src/auth/store/token-store.js';

export const fingerprint = {
  tenantId: 'contoso.com',
  clientId: 'app',
  scopes: 'a',
  cloud: 'global',
  user: 'qa@contoso.com',
};

export const tokens: StoredTokens = {
  fingerprint,
  account: 'qa@contoso.com',
  signedInAt: '2026-01-01T00:00:00.000Z',
  refreshToken: 'the-refresh-token',
  issuedAt: '2026-01-02T00:00:00.000Z',
  access: { token: 'the-access-token', expiresAt: '2026-01-02T01:00:00.000Z' },
};

/** A store in the test's own folder. */
export function openStore(key?: string, connection = 'MSOAuthHost'): TokenStore {
  return new TokenStore({ directory: test.info().outputPath(), connection, key });
}
