import { patienceFor } from '../async/retry.js';
import { isExchangeError, isTransient, type ExchangeError } from '../errors.js';
import type { AccessToken } from './store/stored-tokens.js';
import type { TokenWanted } from './token-source.js';

/** Milliseconds that a token has to live still; one that has less is replaced. */
const margin = 300_000;
/** Milliseconds for which a token that could not be replaced is used without trying again. */
const respite = 30_000;

/**
 * Hands out one access token until it is about to expire, then the next one. Several who need a new one at once make
 * one request. While the sign-in service has trouble, the old token serves as long as it lives, and the service is
 * asked no sooner than it wants to be.
 */
export class FreshToken {
  readonly #fetch: Fetch;
  #held: AccessToken | undefined;
  #fetching: Promise<AccessToken> | undefined;
  #trouble: { readonly error: ExchangeError; readonly since: number } | undefined;

  /**
   * @param fetch Brings a new token, another than the one that a server refused, with the claims that it wants
   * @param held The token to begin with
   */
  constructor(fetch: Fetch, held?: AccessToken) {
    this.#fetch = fetch;
    this.#held = held;
  }

  /** @param options.renew The server refused the last token. @throws what `fetch` throws */
  async token({ renew = false, claims }: TokenWanted = {}): Promise<string> {
    const held = renew ? undefined : this.#held;
    if (held && livesFor(held, this.#isTroubledFor(respite) ? 0 : margin)) return held.token;
    try {
      this.#throwIfBarred();
      return (await this.#renew(renew, claims)).token;
    } catch (error) {
      if (held && livesFor(held, 0) && isTransient(error)) return held.token;
      throw error;
    }
  }

  async #renew(isRefused: boolean, claims: string | undefined): Promise<AccessToken> {
    this.#fetching ??= this.#fetch(isRefused ? this.#held?.token : undefined, claims).finally(
      () => (this.#fetching = undefined),
    );
    try {
      this.#held = await this.#fetching;
      this.#trouble = undefined;
      return this.#held;
    } catch (error) {
      this.#trouble = isExchangeError(error) && error.transient ? { error, since: Date.now() } : undefined;
      throw error;
    }
  }

  #throwIfBarred(): void {
    const { error } = this.#trouble ?? {};
    if (error && this.#isTroubledFor(patienceFor(error.retryAfter ?? 0))) throw error;
  }

  #isTroubledFor(milliseconds: number): boolean {
    return this.#trouble !== undefined && Date.now() - this.#trouble.since < milliseconds;
  }
}

type Fetch = (refused: string | undefined, claims: string | undefined) => Promise<AccessToken>;

/** Whether a token is good for that many milliseconds more. */
export function livesFor({ expiresAt }: AccessToken, milliseconds = margin): boolean {
  return Date.parse(expiresAt) - Date.now() > milliseconds;
}
