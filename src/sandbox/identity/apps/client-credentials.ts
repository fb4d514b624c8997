import { AadstsError } from '../failures/aadsts-error.js';
import type { IdentityRequest } from '../identity-request.js';

export interface ClientCredentials {
  readonly clientId: string;
  readonly clientSecret: string | undefined;
  /** A JSON Web Token in place of the secret (RFC 7523 section 2.2). */
  readonly clientAssertion: string | undefined;
}

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** Who a client says it is: in the form, or by HTTP Basic (RFC 6749 section 2.3.1). @throws AadstsError 900144 */
export function clientCredentials({ form, authorization }: IdentityRequest): ClientCredentials {
  const [, basic] = /^Basic (.*)$/i.exec(authorization ?? '') ?? [];
  if (basic) {
    const [clientId = '', clientSecret] = Buffer.from(basic, 'base64').toString().split(':').map(decode);
    return { clientId, clientSecret, clientAssertion: undefined };
  }
  const clientId = form.get('client_id');
  if (!clientId) throw new AadstsError(900144, { parameter: 'client_id' });
  const clientAssertion = form.get('client_assertion') ?? undefined;
  if (clientAssertion && form.get('client_assertion_type') !== assertionType) {
    throw new AadstsError(900144, { parameter: 'client_assertion_type' });
  }
  return { clientId, clientSecret: form.get('client_secret') ?? undefined, clientAssertion };
}

/** Both halves are form-encoded before they are joined. */
function decode(text: string): string {
  return new URLSearchParams(`v=${text}`).get('v') ?? '';
}
