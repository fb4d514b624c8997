import { expect, test } from '@playwright/test';
import { failureKinds } from '../../src/auth/failure-kinds.js';
import { authenticationError, classifyFailure, readTokenFailure } from '../../src/auth/token-failure.js';

function failure(body: Record<string, unknown>, status = 400): NonNullable<ReturnType<typeof readTokenFailure>> {
  return readTokenFailure(status, body)!;
}

test('an AADSTS code stands in one kind only', () => {
  const codes = failureKinds.flatMap(({ aadsts }) => aadsts);
  expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
});

test('a revoked grant is told from an expired one, whatever the suberror', () => {
  const revoked = failure({ error: 'invalid_grant', error_codes: [50173], suberror: 'token_expired' });
  const expired = failure({ error: 'invalid_grant', error_codes: [700082], suberror: 'bad_token' });
  expect(classifyFailure(revoked).word).toBe('Revoked');
  expect(classifyFailure(expired).word).toBe('Expired');
});

test('a code that is only in the description counts', () => {
  const answer = failure({
    error: 'invalid_grant',
    error_description: 'AADSTS50076: Due to a configuration change ...',
  });
  expect(classifyFailure(answer).word).toBe('Needs interaction');
});

test('without a code the suberror decides, then the error, then the status', () => {
  expect(classifyFailure(failure({ error: 'invalid_grant', suberror: 'consent_required' })).word).toBe('Consent');
  expect(classifyFailure(failure({ error: 'invalid_client' }, 401)).word).toBe('Client secret');
  expect(classifyFailure(failure({}, 429)).word).toBe('Throttled');
  expect(classifyFailure(failure({}, 503)).word).toBe('Unavailable');
  expect(classifyFailure(failure({ error: 'invalid_grant' })).word).toBe('Refused');
});

test('only throttled and unavailable are worth another try', () => {
  const transient = failureKinds.filter((kind) => kind.transient).map(({ word }) => word);
  expect(transient).toEqual(['Throttled', 'Unavailable']);
});

test('the error says which kind first, then what to do, then what Microsoft said', () => {
  const answer = failure({
    error: 'invalid_grant',
    error_codes: [50173],
    error_description:
      'AADSTS50173: The provided grant has expired due to it being revoked.\r\nTrace ID: t\r\nCorrelation ID: c',
  });
  const [first, remedy, said] = authenticationError('MSOAuthHost', 'qa@contoso.com', answer).message.split('\n');
  expect(first).toMatch(/^Revoked: connection "MSOAuthHost" \(qa@contoso\.com\)/);
  expect(remedy).toContain('authorise the connection again');
  expect(said).toBe(
    '  - Microsoft says: AADSTS50173: The provided grant has expired due to it being revoked. Trace ID: t Correlation ID: c',
  );
});

test('an answer with a token is no failure; a 200 without one is', () => {
  expect(readTokenFailure(200, { access_token: 'x' })).toBeUndefined();
  expect(readTokenFailure(200, {})).toMatchObject({ status: 200 });
});
