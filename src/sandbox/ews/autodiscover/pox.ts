import { find, parseXml, textOf, writeXml, xml, type XmlContent } from '../xml.js';
import { guidOf } from '../../identity/tenant-id.js';
import { legacyDn } from './legacy-dn.js';
import type { AutodiscoverAnswer, AutodiscoverRequest } from './answer.js';

const schemas = 'http://schemas.microsoft.com/exchange/autodiscover';

/** Plain old XML: [MS-OXDSCLI]. */
export function poxAnswer({ body, service }: AutodiscoverRequest): AutodiscoverAnswer {
  const address = requestedAddress(body);
  return address === undefined ? invalidRequest() : settings(address, service);
}

function requestedAddress(body: string): string | undefined {
  try {
    const request = find(parseXml(body), 'Request');
    const schema = textOf(find(request, 'AcceptableResponseSchema'));
    const address = textOf(find(request, 'EMailAddress'))?.trim();
    return schema?.trim() === `${schemas}/outlook/responseschema/2006a` ? address : undefined;
  } catch {
    return undefined;
  }
}

function settings(address: string, service: string): AutodiscoverAnswer {
  const { host, hostname, protocol } = new URL(service);
  const urls = ['ASUrl', 'EwsUrl', 'EmwsUrl', 'SharingUrl', 'OOFUrl'].map((name) => xml(name, {}, service));
  return document(
    `${schemas}/outlook/responseschema/2006a`,
    xml(
      'User',
      {},
      xml('DisplayName', {}, address),
      xml('LegacyDN', {}, legacyDn(address)),
      xml('AutoDiscoverSMTPAddress', {}, address),
      xml('DeploymentId', {}, guidOf(hostname)),
    ),
    xml(
      'Account',
      {},
      xml('AccountType', {}, 'email'),
      xml('Action', {}, 'settings'),
      xml('MicrosoftOnline', {}, 'True'),
      ['EXCH', 'EXPR'].map((type) =>
        xml(
          'Protocol',
          {},
          xml('Type', {}, type),
          xml('Server', {}, hostname),
          xml('SSL', {}, protocol === 'https:' ? 'On' : 'Off'),
          xml('AuthPackage', {}, 'basic'),
          urls,
          xml('OABUrl', {}, `${protocol}//${host}/OAB/`),
          xml('ServerExclusiveConnect', {}, 'off'),
        ),
      ),
    ),
  );
}

function invalidRequest(): AutodiscoverAnswer {
  const time = new Date().toISOString().slice(11, 23);
  return document(
    `${schemas}/responseschema/2006`,
    xml('Error', { Time: time, Id: 1 }, xml('ErrorCode', {}, 600), xml('Message', {}, 'Invalid Request')),
  );
}

function document(xmlns: string, ...content: XmlContent[]): AutodiscoverAnswer {
  const root = xml('Autodiscover', { xmlns: `${schemas}/responseschema/2006` }, xml('Response', { xmlns }, content));
  return { status: 200, type: 'text/xml', body: `<?xml version="1.0" encoding="utf-8"?>${writeXml(root)}` };
}
