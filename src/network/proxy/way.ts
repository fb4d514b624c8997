import type { Proxy } from './proxy.js';

/** How to reach a place. */
export type Way = Proxy | 'direct';

export interface WayOptions {
  /** `'system'` (HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY), `'none'`, or a URL: a proxy's, or a PAC file's. */
  readonly proxy: string;
  /** Further certificate authorities to trust, PEM texts. */
  readonly ca: readonly string[];
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds that the connection may take; a PAC file's script has half of them. @default 30000 */
  readonly timeout?: number;
}
