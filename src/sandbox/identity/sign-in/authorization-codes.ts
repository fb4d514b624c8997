import { randomBytes } from 'node:crypto';
import { AadstsError } from '../failures/aadsts-error.js';
import type { Clock } from '../clock.js';
import type { RefreshGrant } from '../tokens/issued-tokens.js';

/** What a user allowed an app, until the app comes for its tokens. */
export interface AuthorizationGrant extends RefreshGrant {
  /** The `scope` parameter of this sign-in; `scopes` is all that was ever consented to. */
  readonly scope: string;
  readonly redirectUrl: string;
  readonly codeChallenge: string | undefined;
  readonly nonce: string | undefined;
}

/** Microsoft's codes live ten minutes. */
const lifetime = 600_000;

/** Authorization codes: each is good once. */
export class AuthorizationCodes {
  readonly #clock: Clock;
  readonly #codes = new Map<string, { readonly grant: AuthorizationGrant; readonly issuedAt: number; used: boolean }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  issue(grant: AuthorizationGrant): string {
    const code = `1.${randomBytes(48).toString('base64url')}`;
    this.#codes.set(code, { grant, issuedAt: this.#clock.now(), used: false });
    return code;
  }

  /** @throws AadstsError 9002313, 54005, 70008 */
  redeem(code: string): AuthorizationGrant {
    const held = this.#codes.get(code);
    if (!held) throw new AadstsError(9002313);
    if (held.used) throw new AadstsError(54005);
    if (this.#clock.now() - held.issuedAt > lifetime) throw new AadstsError(70008);
    held.used = true;
    return held.grant;
  }
}
