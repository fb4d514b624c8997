import { expect, test } from '@playwright/test';
import { FreshToken } from '../../src/auth/fresh-token.js';
import type { AccessToken } from '../../src/auth/store/stored-tokens.js';
import { ExchangeError } from '../../src/errors.js';
import { failureOf } from '../support/failure-of.js';

const minute = 60_000;
const unavailable = new ExchangeError('AUTH_UNAVAILABLE', 'Unavailable', { transient: true });
const throttled = new ExchangeError('AUTH_THROTTLED', 'Throttled', { transient: true, retryAfter: minute });
const revoked = new ExchangeError('AUTH_REVOKED', 'Revoked');

function tokenFor(token: string, milliseconds: number): AccessToken {
  return { token, expiresAt: new Date(Date.now() + milliseconds).toISOString() };
}

/** A service that answers what it is told to, in this order, and what it was asked for. */
function service(...answers: readonly (AccessToken | ExchangeError)[]): {
  readonly fetch: (refused: string | undefined) => Promise<AccessToken>;
  readonly asked: (string | undefined)[];
} {
  const asked: (string | undefined)[] = [];
  const fetch = async (refused: string | undefined): Promise<AccessToken> => {
    const answer = answers[asked.push(refused) - 1];
    if (answer === undefined || answer instanceof ExchangeError) throw answer ?? new Error('asked too often');
    return answer;
  };
  return { fetch, asked };
}

test('a token is handed out until it has five minutes left', async () => {
  const { fetch, asked } = service(tokenFor('a', 6 * minute), tokenFor('b', 60 * minute));
  const fresh = new FreshToken(fetch, tokenFor('old', 4 * minute));
  expect(await fresh.token()).toBe('a');
  expect(await fresh.token()).toBe('a');
  expect(asked).toHaveLength(1);
});

test('several who need a token at once make one request', async () => {
  const { fetch, asked } = service(tokenFor('a', 60 * minute));
  const fresh = new FreshToken(fetch);
  expect(await Promise.all([fresh.token(), fresh.token(), fresh.token()])).toEqual(['a', 'a', 'a']);
  expect(asked).toHaveLength(1);
});

test('a token that a server refused is named, and not handed out again', async () => {
  const { fetch, asked } = service(unavailable, tokenFor('b', 60 * minute));
  const fresh = new FreshToken(fetch, tokenFor('a', 60 * minute));
  expect(await failureOf(fresh.token({ renew: true }))).toBe(unavailable);
  expect(await fresh.token({ renew: true })).toBe('b');
  expect(asked).toEqual(['a', 'a']);
});

test('while the service has trouble, the old token serves, and the service is left alone', async () => {
  const { fetch, asked } = service(unavailable);
  const fresh = new FreshToken(fetch, tokenFor('old', 4 * minute));
  expect(await fresh.token()).toBe('old');
  expect(await fresh.token()).toBe('old');
  expect(asked).toHaveLength(1);
});

test('what will not pass is said at once, however long the old token would live', async () => {
  const fresh = new FreshToken(service(revoked).fetch, tokenFor('old', 4 * minute));
  expect(await failureOf(fresh.token())).toBe(revoked);
});

test('a token that is over serves nobody', async () => {
  const fresh = new FreshToken(service(unavailable).fetch, tokenFor('old', -1));
  expect(await failureOf(fresh.token())).toBe(unavailable);
});

test('an outage is over when the service answers again', async () => {
  const fresh = new FreshToken(service(unavailable, tokenFor('a', 60 * minute)).fetch);
  expect(await failureOf(fresh.token())).toBe(unavailable);
  expect(await fresh.token()).toBe('a');
});

test('a service that wants to be left alone is', async () => {
  const { fetch, asked } = service(throttled);
  const fresh = new FreshToken(fetch);
  for (let attempt = 0; attempt < 3; attempt++) expect(await failureOf(fresh.token())).toBe(throttled);
  expect(asked).toHaveLength(1);
});
