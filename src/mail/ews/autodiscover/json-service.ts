import type { HttpResponse } from '../../../network/http.js';
import type { AutodiscoverService } from './autodiscover-service.js';

/** Autodiscover v2, of Exchange Online and Exchange 2016 CU3 or later: one GET, which nobody signs in for. */
export const jsonService: AutodiscoverService = {
  needsSignIn: false,
  url: (host, address) =>
    new URL(`/autodiscover/autodiscover.json?Email=${encodeURIComponent(address)}&Protocol=EWS`, host),
  request: () => ({ method: 'GET', headers: { Accept: 'application/json' } }),
  read(answer) {
    const { Url, ErrorCode, ErrorMessage } = parse(answer) ?? {};
    if (answer.status === 200 && typeof Url === 'string') return { ewsUrl: Url };
    throw new Error([answer.status, ErrorCode, ErrorMessage].filter(Boolean).join(' '));
  },
};

function parse({ body }: HttpResponse): { Url?: unknown; ErrorCode?: unknown; ErrorMessage?: unknown } | undefined {
  try {
    return Object(JSON.parse(body.toString()));
  } catch {
    return undefined;
  }
}
