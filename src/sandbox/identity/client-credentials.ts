import { AadstsError } from './aadsts-error.js';
import type { IdentityRequest } from './identity-request.js';

/** Who a client says it is: in the form, or by HTTP Basic (RFC 6749 section 2.3.1). */
export function clientCredentials({ form, authorization }: IdentityRequest): {
  readonly clientId: string;
  readonly clientSecret: string | undefined;
} {
  const [, basic] = /^Basic (.*)$/i.exec(authorization ?? '') ?? [];
  if (basic) {
    const [clientId = '', clientSecret] = Buffer.from(basic, 'base64').toString().split(':').map(decode);
    return { clientId, clientSecret };
  }
  const clientId = form.get('client_id');
  if (!clientId) throw new AadstsError(900144, { parameter: 'client_id' });
  return { clientId, clientSecret: form.get('client_secret') ?? undefined };
}

/** Both halves are form-encoded before they are joined. */
function decode(text: string): string {
  return new URLSearchParams(`v=${text}`).get('v') ?? '';
}
