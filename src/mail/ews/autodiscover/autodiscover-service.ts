import type { HttpRequest, HttpResponse } from '../../../network/http.js';

/** What an answer says of where a mailbox's EWS is. */
export type Finding =
  | { readonly ewsUrl: string }
  /** Another place to ask the same. */
  | { readonly redirectUrl: string }
  /** The address under which the mailbox is known, perhaps elsewhere. */
  | { readonly redirectAddress: string };

/** One of the ways in which Autodiscover is spoken. */
export interface AutodiscoverService {
  /** Who asks it has to sign in. */
  readonly needsSignIn: boolean;
  /** Where a server has it. */
  url(host: string, address: string): URL;
  request(url: URL, address: string): Pick<HttpRequest, 'method' | 'headers' | 'body'>;
  /** @throws Error that says what the answer is instead */
  read(answer: HttpResponse): Finding;
}
