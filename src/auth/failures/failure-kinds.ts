import { appFailures } from './app-failures.js';
import type { FailureKind } from './failure-kind.js';
import { personFailures } from './person-failures.js';
import { serviceFailures } from './service-failures.js';
import type { TokenFailure } from './token-failure.js';

export const failureKinds: readonly FailureKind[] = [...personFailures, ...appFailures, ...serviceFailures];

/** A refusal that is none of the known kinds. */
const unknownFailure: FailureKind = {
  code: 'AUTH_REFUSED',
  word: 'Refused',
  meaning: 'Microsoft refused to issue a token',
  remedy: 'Look the code up at {login}/error',
  aadsts: [],
};

/** Not in the words of RFC 6749 section 5.2. */
const strangeAnswer: FailureKind = {
  code: 'AUTH_REFUSED',
  word: 'Refused',
  meaning: `the answer is not one of Microsoft's sign-in service`,
  remedy: 'See whether a proxy or a firewall on the way blocks {login}, or wants a sign-in of its own.',
  aadsts: [],
};

/** Which kind of failure it is: by its AADSTS codes, else by its suberror, else by its error, else by its status. */
export function classifyFailure({ codes, suberror, error, status }: TokenFailure): FailureKind {
  const byCode = codes.flatMap((code) => failureKinds.filter(({ aadsts }) => aadsts.includes(code)));
  return (
    byCode[0] ??
    failureKinds.find(({ suberrors }) => suberrors?.includes(suberror)) ??
    failureKinds.find(({ errors }) => errors?.includes(error)) ??
    byStatus(status) ??
    (error || codes.length > 0 ? unknownFailure : strangeAnswer)
  );
}

function byStatus(status: number): FailureKind | undefined {
  const code = status === 429 ? 'AUTH_THROTTLED' : status >= 500 ? 'AUTH_UNAVAILABLE' : undefined;
  return serviceFailures.find((kind) => kind.code === code);
}
