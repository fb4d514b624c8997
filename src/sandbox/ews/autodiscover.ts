import type { IncomingMessage } from 'node:http';

export interface AutodiscoverAnswer {
  readonly status: number;
  readonly body: object;
}

/** Autodiscover v2: where a mailbox's service is. */
export function autodiscover(request: IncomingMessage, url: URL): AutodiscoverAnswer {
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
  const scheme = 'encrypted' in request.socket ? 'https' : 'http';
  const service = `${scheme}://${request.headers.host ?? url.host}/EWS/Exchange.asmx`;
  return { status: 200, body: { Protocol: 'EWS', Url: service } };
}

function refusal(ErrorCode: string, ErrorMessage: string): AutodiscoverAnswer {
  return { status: 400, body: { ErrorCode, ErrorMessage } };
}
