import type { IXHRApi, IXHROptions } from 'ews-javascript-api';
import type { SoapCall } from './soap-call.js';

/**
 * The library's way to the network, for one call.
 *
 * It only ever hands the library good news: given a failure, the library makes something of it that is
 * no Error, lacks the cause, or never settles. Failures come out of {@link failure} instead.
 */
export class EwsXhr implements IXHRApi {
  readonly apiName = 'playwright-exchange';
  /** Rejects with what went wrong; never resolves. */
  readonly failure: Promise<never>;
  readonly #call: SoapCall;
  #fail: (error: unknown) => void = () => {};

  constructor(call: SoapCall) {
    this.#call = call;
    this.failure = new Promise((_, reject) => (this.#fail = reject));
    this.failure.catch(() => {});
  }

  async xhr(options: IXHROptions): Promise<XMLHttpRequest> {
    try {
      return answer((await this.#call.post(takeBody(options))).text);
    } catch (error) {
      this.#fail(error);
      return await new Promise(() => {});
    }
  }

  /** Streams are followed without the library. */
  xhrStream(): Promise<XMLHttpRequest> {
    return new Promise(() => {});
  }

  disconnect(): void {}
}

/** The library would parse its own request again, for a log that nobody reads; there is little left to parse. */
function takeBody(options: IXHROptions): string {
  const soap = String(options.data);
  options.data = '<taken/>';
  return soap;
}

function answer(responseText: string): XMLHttpRequest {
  const parts = { status: 200, responseText, getResponseHeader: () => '', getAllResponseHeaders: () => '' };
  return parts as unknown as XMLHttpRequest;
}
