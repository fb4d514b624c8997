import { expect, test } from '@playwright/test';
import { classifyFailure } from '../../src/auth/failures/failure-kinds.js';
import { readTokenFailure, type TokenFailure } from '../../src/auth/failures/token-failure.js';

test('a revoked grant is told from an expired one, whatever the suberror', () => {
  const revoked = failure({ error: 'invalid_grant', error_codes: [50173], suberror: 'token_expired' });
  const expired = failure({ error: 'invalid_grant', error_codes: [700082], suberror: 'bad_token' });
  expect(classifyFailure(revoked).word).toBe('Revoked');
  expect(classifyFailure(expired).word).toBe('Expired');
});

test('a code that is only in the description counts, and so do all of several', () => {
  const answer = { error: 'invalid_grant', error_description: 'AADSTS50076: Due to a configuration change ...' };
  expect(classifyFailure(failure(answer)).word).toBe('Needs interaction');
  expect(classifyFailure(failure({ ...answer, error_codes: [12345, 53003] })).word).toBe('Blocked by policy');
});

test('a code that has two meanings is told by its error', () => {
  expect(classifyFailure(failure({ error: 'invalid_scope', error_codes: [700023] })).word).toBe('Scope');
  expect(classifyFailure(failure({ error: 'invalid_client', error_codes: [700023] })).code).toBe('AUTH_CLIENT_SECRET');
});

test('without a code the suberror decides, then the error, then the status', () => {
  expect(classifyFailure(failure({ error: 'invalid_grant', suberror: 'consent_required' })).word).toBe('Consent');
  expect(classifyFailure(failure({ error: 'invalid_client' }, 401)).word).toBe('Client secret');
  expect(classifyFailure(failure({}, 429)).word).toBe('Throttled');
  expect(classifyFailure(failure({}, 503)).word).toBe('Unavailable');
  expect(classifyFailure(failure({ error: 'invalid_grant' })).word).toBe('Refused');
});

test("the log's entry is read off the text where the answer has no fields for it", () => {
  const text = 'AADSTS50173: Revoked.\r\nTrace ID: t\r\nCorrelation ID: c\r\nTimestamp: 2026-11-23 23:00:00Z';
  expect(failure({ error: 'invalid_grant', error_description: text })).toMatchObject({
    description: 'AADSTS50173: Revoked.',
    logEntry: { traceId: 't', correlationId: 'c', timestamp: '2026-11-23 23:00:00Z' },
  });
});

test('an answer with a token, or with a code for a device, is no failure; a 200 without one is', () => {
  expect(readTokenFailure(200, { access_token: 'x' })).toBeUndefined();
  expect(readTokenFailure(200, { device_code: 'x' })).toBeUndefined();
  expect(readTokenFailure(200, {})).toMatchObject({ status: 200 });
});

function failure(body: Record<string, unknown>, status = 400): TokenFailure {
  return readTokenFailure(status, body)!;
}
