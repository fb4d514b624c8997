import { escapeXml } from '../escape-xml.js';
import { find, parseXml, textAt, type XmlElement } from '../xml-tree.js';
import type { AutodiscoverService, Finding } from './autodiscover-service.js';

const schemas = 'http://schemas.microsoft.com/exchange/autodiscover/outlook';

/** How Outlook reaches the server: from outside the company, and from within. */
const protocols = ['EXPR', 'EXCH'];

/**
 * Plain old XML, which Exchange 2007 has only.
 * https://learn.microsoft.com/openspecs/exchange_server_protocols/ms-oxdscli/
 */
export const poxService: AutodiscoverService = {
  needsSignIn: true,
  url: (host) => new URL('/autodiscover/autodiscover.xml', host),
  request: (_, address) => ({
    method: 'POST',
    headers: { 'Content-Type': 'text/xml; charset=utf-8', Accept: 'text/xml' },
    body:
      `<?xml version="1.0" encoding="utf-8"?><Autodiscover xmlns="${schemas}/requestschema/2006"><Request>` +
      `<EMailAddress>${escapeXml(address)}</EMailAddress>` +
      `<AcceptableResponseSchema>${schemas}/responseschema/2006a</AcceptableResponseSchema></Request></Autodiscover>`,
  }),
  read({ status, body }) {
    if (status !== 200) throw new Error(String(status));
    const response = find(parseXml(body.toString()), 'Response');
    const account = find(response, 'Account');
    if (account) return readAccount(account);
    const error = find(response, 'Error');
    throw new Error([200, textAt(error, 'ErrorCode'), textAt(error, 'Message')].filter(Boolean).join(' '));
  },
};

function readAccount(account: XmlElement): Finding {
  const redirectAddress = textAt(account, 'RedirectAddr')?.trim();
  if (redirectAddress) return { redirectAddress };
  const redirectUrl = textAt(account, 'RedirectUrl')?.trim();
  if (redirectUrl) return { redirectUrl };
  const offered = account.children.filter(({ name }) => name === 'Protocol');
  const ofType = (type: string) => offered.filter((protocol) => textAt(protocol, 'Type')?.trim() === type);
  const [ewsUrl] = protocols.flatMap(ofType).flatMap((protocol) => textAt(protocol, 'EwsUrl')?.trim() || []);
  if (ewsUrl) return { ewsUrl };
  throw new Error('200, and no EWS URL in it');
}
