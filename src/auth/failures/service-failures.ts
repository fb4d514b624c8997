import type { FailureKind } from './failure-kind.js';

const throttled = { code: 'AUTH_THROTTLED', word: 'Throttled', transient: true } as const;

/** What can be wrong with the sign-in service itself; trying again later may succeed. */
export const serviceFailures: readonly FailureKind[] = [
  {
    ...throttled,
    meaning: 'there were too many requests for tokens',
    remedy: 'Let it rest for some minutes; run fewer workers at once.',
    aadsts: [90055, 50166, 50088],
  },
  {
    ...throttled,
    meaning: 'the same request came again and again, and is refused for a while',
    remedy: 'Let it rest for some minutes; see that runs share one folder, and with it one store of tokens.',
    retryAfter: 60_000,
    aadsts: [50196],
  },
  {
    code: 'AUTH_UNAVAILABLE',
    word: 'Unavailable',
    meaning: `Microsoft's sign-in service could not answer just now`,
    remedy: 'If it stays so, look at the network and the proxy, and at https://status.cloud.microsoft.',
    transient: true,
    aadsts: [
      90033, 90006, 90024, 90012, 90090, 90091, 90025, 50033, 50087, 40010, 50000, 70012, 80001, 80002, 80005, 80014,
    ],
    errors: ['temporarily_unavailable', 'server_error'],
  },
];
