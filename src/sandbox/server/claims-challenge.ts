import type { Faults } from '../faults.js';
import { tokenIn } from './bearer-token.js';

/** Tokens that are remembered as refused. */
const most = 1000;

/** What is said to a token that is not let in any more. */
export interface ClaimsChallenge {
  /** What a `WWW-Authenticate: Bearer` has beside what it has always. */
  readonly parameters: string;
  readonly message: string;
}

/**
 * Refuses tokens as continuous access evaluation does: for good, and with the claims that the next one has to have.
 * https://learn.microsoft.com/entra/identity-platform/claims-challenge
 */
export class ClaimsChallenges {
  readonly #faults: Faults;
  readonly #refused = new Map<string, ClaimsChallenge>();

  constructor(faults: Faults) {
    this.#faults = faults;
  }

  /** The challenge to whoever comes with a header `Authorization`; nothing where its token is let in. */
  to(authorization: string | undefined): ClaimsChallenge | undefined {
    const token = tokenIn(authorization);
    if (token === undefined) return undefined;
    const known = this.#refused.get(token);
    if (known || this.#faults.claimsChallenges <= 0) return known;
    this.#faults.claimsChallenges--;
    const challenge = issuedSince(Math.floor(Date.now() / 1000));
    if (this.#refused.size >= most) this.#refused.delete(this.#refused.keys().next().value!);
    this.#refused.set(token, challenge);
    return challenge;
  }
}

/** Wants a token that was issued later, in seconds since 1970. */
function issuedSince(seconds: number): ClaimsChallenge {
  const message =
    'Continuous access evaluation resulted in challenge with result: InteractionRequired and code: TokenIssuedBeforeRevocationTimestamp';
  const claims = JSON.stringify({ access_token: { nbf: { essential: true, value: String(seconds) } } });
  const parameters = `error="insufficient_claims", claims="${Buffer.from(claims).toString('base64')}", errorDescription="${message}"`;
  return { parameters, message };
}
