import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';
import { isExchangeError, type ExchangeError } from '../../errors.js';
import type { HttpClient, HttpRequest } from '../../network/http.js';
import { retryAfterOf } from '../../network/retry-after.js';
import { readTokenFailure, type TokenFailure } from '../failures/token-failure.js';
import { withoutSecrets } from './without-secrets.js';

/** Why the last request brought no token: the network's own error, or the endpoint's answer. */
export type NetworkFailure = { readonly error: ExchangeError } | { readonly answer: TokenFailure };

/** Milliseconds that a request may take. */
const timeout = 30_000;

/**
 * MSAL's network over the connection's own HTTP. MSAL drops causes, statuses and all but the first error
 * code, and takes some error answers for tokens: so what really happened is kept here.
 */
export class MsalNetwork implements INetworkModule {
  failure: NetworkFailure | undefined;
  /** The refresh token of the last answer. MSAL hides it in its cache. */
  refreshToken: string | undefined;
  readonly #http: HttpClient;

  constructor(http: HttpClient) {
    this.#http = http;
  }

  async sendGetRequestAsync<T>(url: string, options?: NetworkRequestOptions): Promise<NetworkResponse<T>> {
    return await this.#request({ method: 'GET', url, headers: options?.headers ?? {} });
  }

  async sendPostRequestAsync<T>(url: string, options?: NetworkRequestOptions): Promise<NetworkResponse<T>> {
    const { headers = {}, body = '' } = options ?? {};
    return await this.#request({ method: 'POST', url, headers, body, repeatable: true });
  }

  async #request<T>(request: HttpRequest): Promise<NetworkResponse<T>> {
    this.failure = undefined;
    this.refreshToken = undefined;
    try {
      const { status, headers, body } = await this.#http.request({ ...request, timeout, maxBody: 1_048_576 });
      const json: unknown = parseJson(body.toString('utf8'));
      const answer = request.method === 'POST' ? readTokenFailure(status, json, retryAfterOf(headers)) : undefined;
      if (answer) this.failure = { answer: withoutSecrets(answer, String(request.body)) };
      else this.refreshToken = refreshTokenOf(json);
      if (answer && !answer.error) throw new Error(`HTTP ${status} without an OAuth error`);
      return { headers: flatten(headers), body: json as T, status };
    } catch (error) {
      if (isExchangeError(error)) this.failure = { error };
      throw error;
    }
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

function refreshTokenOf(json: unknown): string | undefined {
  const value = (json as { readonly refresh_token?: unknown } | null)?.refresh_token;
  return typeof value === 'string' ? value : undefined;
}

function flatten(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]));
}
