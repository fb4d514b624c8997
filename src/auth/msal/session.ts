import type { AuthenticationResult } from '@azure/msal-node';
import { ExchangeError, isExchangeError, isTransient } from '../../errors.js';
import { createMsalClient, type MsalClient } from './client.js';
import { MsalNetwork } from './network.js';
import type { MsalSessionOptions } from './session-options.js';
import { authenticationError, noToken, unansweredTokenError } from '../failures/token-error.js';

/** What MSAL answered, and the refresh token that it keeps to itself. */
export interface Issued {
  readonly result: AuthenticationResult;
  readonly refreshToken: string | undefined;
}

/**
 * One sign-in: MSAL's client, and what its failures mean. Which of MSAL's clients it is follows from the definition:
 * the app has a credential or not.
 */
export class MsalSession<Client extends MsalClient = MsalClient> {
  readonly #options: MsalSessionOptions;
  readonly #network: MsalNetwork;
  #client: Promise<Client> | undefined;

  constructor(options: MsalSessionOptions, network: MsalNetwork = new MsalNetwork(options.http)) {
    this.#options = options;
    this.#network = network;
  }

  /** MSAL's client, for what asks for no token. */
  client(): Promise<Client> {
    return (this.#client ??= createMsalClient(this.#options, this.#network) as Promise<Client>);
  }

  /** @throws AUTH_*, NETWORK ...: what really happened */
  async acquire(ask: (client: Client) => Promise<AuthenticationResult | null>): Promise<Issued> {
    try {
      return await this.#ask(ask);
    } catch (error) {
      if (!this.#isIntermittent) throw error;
      return await this.#ask(ask);
    }
  }

  async #ask(ask: (client: Client) => Promise<AuthenticationResult | null>): Promise<Issued> {
    this.#network.failure = undefined;
    try {
      const result = await ask(await this.client());
      if (!result?.accessToken) throw new Error('no access token');
      return { result, refreshToken: this.#network.refreshToken };
    } catch (error) {
      const meaning = this.#explain(error);
      // A client that saw a 5xx answers by itself for a minute, without asking again.
      if (isTransient(meaning)) this.#client = undefined;
      throw meaning;
    }
  }

  /** Microsoft refuses a good refresh token with this code now and then, and takes it a moment later. */
  get #isIntermittent(): boolean {
    const { failure } = this.#network;
    return failure !== undefined && 'answer' in failure && failure.answer.codes[0] === 70000;
  }

  #explain(error: unknown): ExchangeError {
    const { connection, environment } = this.#options;
    if (isExchangeError(error)) return error;
    const { failure } = this.#network;
    if (failure && 'error' in failure) return unansweredTokenError(connection, failure.error);
    if (failure) return authenticationError(connection, failure.answer, environment);
    const said = error instanceof Error ? error.message : String(error);
    return new ExchangeError('AUTH_REFUSED', `${noToken('Refused', connection)}: ${said}`, { cause: error });
  }
}
