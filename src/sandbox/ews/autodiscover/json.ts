import type { AutodiscoverAnswer, AutodiscoverRequest } from './answer.js';

/** Autodiscover v2. */
export function jsonAnswer({ url, service }: AutodiscoverRequest): AutodiscoverAnswer {
  const query = new Map([...url.searchParams].map(([name, value]) => [name.toLowerCase(), value]));
  const protocol = query.get('protocol');
  const email = query.get('email') ?? /@/.exec(url.pathname)?.input;
  if (!protocol)
    return refusal('MandatoryParameterMissing', "A valid value must be provided for the query parameter 'Protocol'");
  if (!email)
    return refusal('MandatoryParameterMissing', "A valid value must be provided for the query parameter 'Email'");
  if (protocol.toLowerCase() !== 'ews') {
    return refusal(
      'ProtocolNotSupported',
      `The given protocol value '${protocol}' is invalid. Supported values are 'Ews'`,
    );
  }
  return answer(200, { Protocol: 'EWS', Url: service });
}

function refusal(ErrorCode: string, ErrorMessage: string): AutodiscoverAnswer {
  return answer(400, { ErrorCode, ErrorMessage });
}

function answer(status: number, body: object): AutodiscoverAnswer {
  return { status, type: 'application/json', body: JSON.stringify(body) };
}
