import { childElements, find, parseXml, textOf, writeXml, xml, type XmlContent, type XmlNode } from '../xml.js';
import { legacyDn } from './legacy-dn.js';
import type { AutodiscoverAnswer, AutodiscoverRequest } from './answer.js';

const envelope = 'http://schemas.xmlsoap.org/soap/envelope/';
const autodiscover = 'http://schemas.microsoft.com/exchange/2010/Autodiscover';
const instance = 'http://www.w3.org/2001/XMLSchema-instance';

interface Question {
  readonly users: readonly string[];
  readonly settings: readonly string[];
}

/** SOAP Autodiscover: [MS-OXWSADISC], GetUserSettings alone. */
export function soapAnswer({ body, service }: AutodiscoverRequest): AutodiscoverAnswer {
  const question = read(body);
  if (!question) return document(500, xml('s:Fault', {}, xml('faultcode', {}, 's:Client'), fault));
  const valid = question.users.length > 0 && question.settings.length > 0;
  const outcome = valid ? noError : [error('InvalidRequest', 'A user and a setting have to be requested.')];
  const users = valid ? question.users.map((user) => userResponse(user, question.settings, service)) : [];
  return document(
    200,
    xml(
      'GetUserSettingsResponseMessage',
      { xmlns: autodiscover },
      xml('Response', { 'xmlns:i': instance }, outcome, xml('UserResponses', {}, users)),
    ),
  );
}

const fault = xml('faultstring', {}, 'The message cannot be processed: GetUserSettings was expected.');
const noError = [error('NoError', 'No error.')];

function read(body: string): Question | undefined {
  try {
    const request = find(parseXml(body), 'Body', 'GetUserSettingsRequestMessage', 'Request');
    const users = childElements(find(request, 'Users')).flatMap((user) => textOf(find(user, 'Mailbox'))?.trim() || []);
    const settings = childElements(find(request, 'RequestedSettings')).map((setting) => textOf(setting).trim());
    return request && { users, settings };
  } catch {
    return undefined;
  }
}

function userResponse(user: string, settings: readonly string[], service: string): XmlNode {
  if (!user.includes('@'))
    return xml('UserResponse', {}, error('InvalidUser', `The user '${user}' is not an SMTP address.`));
  const known: Readonly<Record<string, string>> = {
    UserDisplayName: user,
    UserDN: legacyDn(user),
    MailboxDN: legacyDn(user),
    AutoDiscoverSMTPAddress: user,
    ExternalEwsUrl: service,
    InternalEwsUrl: service,
    EwsSupportedSchemas:
      'Exchange2007, Exchange2007_SP1, Exchange2010, Exchange2010_SP1, Exchange2010_SP2, Exchange2013, Exchange2013_SP1, Exchange2015, Exchange2016',
  };
  const isKnown = (name: string) => Object.hasOwn(known, name);
  const [found, missing] = [settings.filter(isKnown), settings.filter((name) => !isKnown(name))];
  return xml(
    'UserResponse',
    {},
    noError,
    xml('RedirectTarget', { 'i:nil': true }),
    xml('UserSettingErrors', {}, missing.map(settingError)),
    xml(
      'UserSettings',
      {},
      found.map((name) =>
        xml('UserSetting', { 'i:type': 'StringSetting' }, xml('Name', {}, name), xml('Value', {}, known[name])),
      ),
    ),
  );
}

function settingError(name: string): XmlNode {
  const outcome = error('SettingIsNotAvailable', `The setting '${name}' is not available.`);
  return xml('UserSettingError', {}, outcome, xml('SettingName', {}, name));
}

function error(code: string, message: string): XmlContent {
  return [xml('ErrorCode', {}, code), xml('ErrorMessage', {}, message)];
}

function document(status: number, body: XmlNode): AutodiscoverAnswer {
  const header = xml(
    's:Header',
    {},
    xml('a:Action', { 's:mustUnderstand': 1 }, `${autodiscover}/Autodiscover/GetUserSettingsResponse`),
    xml(
      'h:ServerVersionInfo',
      { 'xmlns:h': autodiscover },
      xml('h:MajorVersion', {}, 15),
      xml('h:MinorVersion', {}, 1),
      xml('h:MajorBuildNumber', {}, 2507),
      xml('h:MinorBuildNumber', {}, 6),
      xml('h:Version', {}, 'Exchange2015'),
    ),
  );
  const namespaces = { 'xmlns:s': envelope, 'xmlns:a': 'http://www.w3.org/2005/08/addressing' };
  const root = xml('s:Envelope', namespaces, header, xml('s:Body', {}, body));
  return { status, type: 'text/xml', body: `<?xml version="1.0" encoding="utf-8"?>${writeXml(root)}` };
}
