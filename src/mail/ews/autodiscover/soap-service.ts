import { escapeXml } from '../escape-xml.js';
import { find, parseXml, textAt, type XmlElement } from '../xml-tree.js';
import type { AutodiscoverService, Finding } from './autodiscover-service.js';

const service = 'http://schemas.microsoft.com/exchange/2010/Autodiscover';
const action = `${service}/Autodiscover/GetUserSettings`;

/** From outside the company and from within. */
const settings = ['ExternalEwsUrl', 'InternalEwsUrl'];

/**
 * SOAP Autodiscover, of Exchange 2010 and later: GetUserSettings.
 * https://learn.microsoft.com/openspecs/exchange_server_protocols/ms-oxwsadisc/
 */
export const soapService: AutodiscoverService = {
  needsSignIn: true,
  url: (host) => new URL('/autodiscover/autodiscover.svc', host),
  request: (url, address) => ({
    method: 'POST',
    headers: { 'Content-Type': 'text/xml; charset=utf-8', Accept: 'text/xml', SOAPAction: `"${action}"` },
    body: getUserSettings(url, address),
  }),
  read({ status, body }) {
    if (status !== 200) throw new Error(String(status));
    const message = find(parseXml(body.toString()), 'Body', 'GetUserSettingsResponseMessage', 'Response');
    if (!message) throw new Error('200, and no answer to GetUserSettings');
    return readUser(find(message, 'UserResponses', 'UserResponse') ?? message);
  },
};

function readUser(user: XmlElement): Finding {
  const code = textAt(user, 'ErrorCode')?.trim();
  const target = textAt(user, 'RedirectTarget')?.trim();
  if (code === 'RedirectAddress' && target) return { redirectAddress: target };
  if (code === 'RedirectUrl' && target) return { redirectUrl: target };
  const values = settings.flatMap((name) => settingOf(user, name) ?? []);
  if (values[0]) return { ewsUrl: values[0] };
  throw new Error([200, code, textAt(user, 'ErrorMessage')?.trim()].filter(Boolean).join(' '));
}

function settingOf(user: XmlElement, name: string): string | undefined {
  const all = find(user, 'UserSettings')?.children ?? [];
  return textAt(
    all.find((setting) => textAt(setting, 'Name')?.trim() === name),
    'Value',
  )?.trim();
}

function getUserSettings(url: URL, address: string): string {
  return (
    '<?xml version="1.0" encoding="utf-8"?>' +
    '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" ' +
    `xmlns:wsa="http://www.w3.org/2005/08/addressing" xmlns:a="${service}"><soap:Header>` +
    '<a:RequestedServerVersion>Exchange2010</a:RequestedServerVersion>' +
    `<wsa:Action>${action}</wsa:Action><wsa:To>${escapeXml(url.href)}</wsa:To></soap:Header>` +
    '<soap:Body><a:GetUserSettingsRequestMessage><a:Request>' +
    `<a:Users><a:User><a:Mailbox>${escapeXml(address)}</a:Mailbox></a:User></a:Users><a:RequestedSettings>` +
    settings.map((name) => `<a:Setting>${name}</a:Setting>`).join('') +
    '</a:RequestedSettings></a:Request></a:GetUserSettingsRequestMessage></soap:Body></soap:Envelope>'
  );
}
