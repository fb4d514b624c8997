import type { NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';
import { classifyFailure } from '../failures/failure-kinds.js';
import { MsalNetwork } from './network.js';

/** Seconds between two questions where the service does not say (RFC 8628 section 3.2), and at most. */
const defaultInterval = 5;
const longestInterval = 60;

/**
 * MSAL's network while a person signs in on another device. MSAL takes a refusal of the device endpoint for a code,
 * and gives up at the first trouble: but what passes by itself is to be asked again (RFC 8628 section 3.5).
 */
export class PollingNetwork extends MsalNetwork {
  override async sendPostRequestAsync<T>(url: string, options?: NetworkRequestOptions): Promise<NetworkResponse<T>> {
    const asked = super.sendPostRequestAsync<T>(url, options);
    if (url.includes('/devicecode')) return await this.#codes(asked);
    try {
      const answer = await asked;
      if (!this.#passes()) return answer;
    } catch (error) {
      if (!this.#passes()) throw error;
    }
    return { status: 400, headers: {}, body: { error: 'authorization_pending' } as T };
  }

  async #codes<T>(asked: Promise<NetworkResponse<T>>): Promise<NetworkResponse<T>> {
    const answer = await asked;
    if (this.failure) throw new Error('no device code');
    return { ...answer, body: withInterval(answer.body) };
  }

  #passes(): boolean {
    const { failure } = this;
    if (!failure) return false;
    return 'error' in failure ? failure.error.transient : classifyFailure(failure.answer).transient === true;
  }
}

/** MSAL hands the service's interval to a timer as it is. */
function withInterval<T>(body: T): T {
  const { interval } = body as { readonly interval?: unknown };
  const isUsable = typeof interval === 'number' && interval >= 1;
  return { ...body, interval: isUsable ? Math.min(interval, longestInterval) : defaultInterval };
}
