import { createHttpClient } from '../../../network/create-http-client.js';
import type { HttpClient, HttpResponse } from '../../../network/http.js';
import { isLoopback } from '../../../network/loopback.js';
import { checkPublicHost, lookupPublicHost } from '../../../network/public-hosts.js';
import { userAgent } from '../../../network/user-agent.js';
import type { OwnAddress } from './own-address.js';
import { loadWriteStyles } from './safe-styles.js';

/** For one mail: how many it may ask for, how large each may be in octets, how long it may take in milliseconds. */
const limits = { count: 500, redirects: 5, size: 16 * 1024 * 1024, time: 15_000 };

/** What each kind of content may be, by what the browser wants it for. */
const types: Readonly<Record<string, RegExp>> = {
  image: /^image\/[\w.+-]+$/,
  stylesheet: /^text\/css$/,
  font: /^(?:font\/[\w.+-]+|application\/(?:octet-stream|(?:x-)?font[\w.+-]*|vnd\.ms-fontobject))$/,
  media: /^(?:audio|video)\/[\w.+-]+$/,
};

export interface Loaded {
  readonly type: string;
  readonly body: Buffer | string;
}

/**
 * Loads what a mail refers to on the network, as a stranger: past the browser, with none of its cookies,
 * credentials and certificates, and with no referrer.
 */
export class RemoteContent {
  readonly #hosts: readonly string[] | undefined;
  readonly #own: OwnAddress;
  readonly #client: HttpClient;
  readonly #local = createHttpClient({ proxy: 'none', ca: [] });
  #count = 0;

  /** From these hosts; without any, from all that are public. */
  constructor(hosts: readonly string[] | undefined, own: OwnAddress) {
    this.#hosts = hosts;
    this.#own = own;
    this.#client = createHttpClient({ proxy: 'system', ca: [], ...(!hosts && { lookup: lookupPublicHost }) });
  }

  /** @throws an error that says why it is not given: the host, the network, a limit, another kind of content */
  async load(reference: string, kind: string): Promise<Loaded> {
    if (++this.#count > limits.count) throw new Error(`more than ${limits.count} are not loaded for one mail`);
    const { url, response } = await this.#follow(new URL(reference));
    if (response.status !== 200) throw new Error(`the server answered ${response.status}`);
    const type = (response.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();
    if (!types[kind]?.test(type)) throw new Error(`it is ${type || 'of no type'}, and wanted as ${kind}`);
    return { type, body: kind === 'stylesheet' ? await this.#mapStyles(response.body, url) : response.body };
  }

  async #follow(first: URL): Promise<{ url: URL; response: HttpResponse }> {
    let url = first;
    for (let hop = 0; hop <= limits.redirects; hop++) {
      const response = await this.#ask(url);
      const { location } = response.headers;
      if (response.status < 300 || response.status > 399 || location === undefined) return { url, response };
      url = new URL(location, url);
    }
    throw new Error(`more than ${limits.redirects} redirects`);
  }

  async #ask(url: URL): Promise<HttpResponse> {
    if (!this.#hosts) checkPublicHost(url.hostname);
    else if (!this.#hosts.some((host) => host === url.host || host === url.hostname)) throw notNamed(url);
    const { origin, pathname, search } = url;
    return await (isLoopback(url.hostname) ? this.#local : this.#client).request({
      method: 'GET',
      url: origin + pathname + search,
      headers: { 'user-agent': userAgent() },
      timeout: limits.time,
      maxBody: limits.size,
      plain: true,
    });
  }

  async #mapStyles(css: Buffer, { href }: URL): Promise<string> {
    const writeStyles = await loadWriteStyles();
    return writeStyles(css.toString(), (reference) => this.#own.of(reference, href));
  }
}

function notNamed({ host }: URL): Error {
  return new Error(`${host} is not among the hosts that remoteContent names`);
}
