import { EwsError, schemaViolation } from './ews-error.js';
import { childElements, find, parseXml, writeXml, xml, type XmlContent, type XmlElement, type XmlNode } from './xml.js';

const soap = 'http://schemas.xmlsoap.org/soap/envelope/';
const errors = 'http://schemas.microsoft.com/exchange/services/2006/errors';
const types = 'http://schemas.microsoft.com/exchange/services/2006/types';
const messages = 'http://schemas.microsoft.com/exchange/services/2006/messages';

export interface SoapRequest {
  readonly header: XmlElement | undefined;
  /** The first child of the Body: an operation's request. */
  readonly body: XmlElement;
}

/** @throws EwsError, a fault, where it is no SOAP request for EWS */
export function parseSoap(text: string): SoapRequest {
  const envelope = parseOrRefuse(text);
  if (envelope.name !== 'Envelope' || envelope.namespace !== soap)
    throw schemaViolation('A SOAP 1.1 envelope was expected.');
  const body = childElements(find(envelope, 'Body'))[0];
  if (!body) throw schemaViolation('The SOAP Body is empty.');
  if (body.namespace !== messages) throw unknownElement(body);
  return { header: find(envelope, 'Header'), body };
}

function unknownElement({ name, namespace }: Pick<XmlElement, 'name' | 'namespace'>): EwsError {
  return schemaViolation(`Could not find schema information for the element '${namespace}:${name}'.`);
}

/** What Exchange has no operation for breaks its schema; what the sandbox alone lacks says so. */
export function invalidOperation(name: string): EwsError {
  if (!lacking.has(name)) return unknownElement({ name, namespace: messages });
  return new EwsError('ErrorInvalidOperation', { fault: true, message: `The sandbox has no operation ${name}.` });
}

/** Operations of Exchange's that the sandbox does not have. */
const lacking = new Set(
  [
    'CreateFolderPath FindConversation ApplyConversationAction GetConversationItems',
    'GetPersona CreateManagedFolder',
    'GetReminders',
    'PerformReminderAction GetServiceConfiguration FindMessageTrackingReport GetMessageTrackingReport',
    'SearchMailboxes GetDiscoverySearchConfiguration GetHoldOnMailboxes SetHoldOnMailboxes',
    'GetNonIndexableItemStatistics GetNonIndexableItemDetails GetAppManifests GetAppMarketplaceUrl InstallApp',
    'UninstallApp DisableApp GetImItemList GetImItems GetUserRetentionPolicyTags GetUserPhoto SetUserPhoto PlayOnPhone',
    'GetPhoneCallInformation DisconnectPhoneCall GetPasswordExpirationDate GetClientAccessToken GetSharingMetadata',
    'GetSharingFolder RefreshSharingFolder FindMailboxStatisticsByKeywords UpdateItemInRecoverableItems',
    'SetTeamMailbox UnpinTeamMailbox',
  ].flatMap((line) => line.split(' ')),
);

export function soapEnvelope(body: XmlNode): string {
  return (
    declaration + writeXml(xml('s:Envelope', { 'xmlns:s': soap }, header('s'), xml('s:Body', bodyNamespaces, body)))
  );
}

/** As a stream carries them: back to back, so without a declaration, and without a prefix, as Exchange does. */
export function streamEnvelope(body: XmlNode): string {
  return writeXml(xml('Envelope', { xmlns: soap }, header(), xml('Body', bodyNamespaces, body)));
}

/** What a listener is told that subscribed to be. */
export function notificationEnvelope(notification: XmlNode): string {
  const version = xml('s:Header', {}, xml('t:RequestServerVersion', { 'xmlns:t': types, Version: 'Exchange2016' }));
  const message = responseMessage('SendNotification', notification);
  const body = xml('m:SendNotification', {}, xml('m:ResponseMessages', {}, message));
  return declaration + writeXml(xml('s:Envelope', { 'xmlns:s': soap }, version, xml('s:Body', bodyNamespaces, body)));
}

export function soapFault(error: EwsError): string {
  const details = error.violation === undefined ? namedValues(error) : violationDetails(error.violation);
  const fault = xml(
    's:Fault',
    {},
    xml('faultcode', { 'xmlns:a': types }, `a:${error.code}`),
    xml('faultstring', { 'xml:lang': 'en-US' }, error.message),
    xml(
      'detail',
      {},
      xml('e:ResponseCode', { 'xmlns:e': errors }, error.code),
      xml('e:Message', { 'xmlns:e': errors }, summaryOf(error)),
      details.length > 0 ? xml('t:MessageXml', { 'xmlns:t': types }, details) : undefined,
    ),
  );
  return declaration + writeXml(xml('s:Envelope', { 'xmlns:s': soap }, xml('s:Body', {}, fault)));
}

function namedValues(error: EwsError): XmlNode[] {
  return Object.entries(error.values).map(([Name, value]) => xml('t:Value', { Name }, value));
}

function summaryOf({ violation, message }: EwsError): string {
  return violation === undefined ? message : 'The request failed schema validation.';
}

/** Exchange says where in the request it is, which is not kept here. */
function violationDetails(violation: string): XmlNode[] {
  return [xml('t:LineNumber', {}, 0), xml('t:LinePosition', {}, 0), xml('t:Violation', {}, violation)];
}

/** One response message: what became of one item of the request. */
export function responseMessage(name: string, ...content: XmlContent[]): XmlNode {
  return xml(`m:${name}ResponseMessage`, { ResponseClass: 'Success' }, noError, content);
}

export const noError = xml('m:ResponseCode', {}, 'NoError');

/** What every answer says of an error. */
export function errorParts({ message, code }: EwsError): XmlNode[] {
  return [xml('m:MessageText', {}, message), xml('m:ResponseCode', {}, code)];
}

/** A response message that tells an error; `content` is what the schema demands even then. */
export function errorMessage(name: string, error: EwsError, ...content: XmlContent[]): XmlNode {
  const values = namedValues(error);
  return xml(
    `m:${name}ResponseMessage`,
    { ResponseClass: error.code === 'ErrorNameResolutionMultipleResults' ? 'Warning' : 'Error' },
    errorParts(error),
    xml('m:DescriptiveLinkKey', {}, 0),
    values.length > 0 ? xml('m:MessageXml', {}, values) : undefined,
    content,
  );
}

export function response(name: string, responseMessages: readonly XmlNode[]): XmlNode {
  return xml(`m:${name}Response`, {}, xml('m:ResponseMessages', {}, responseMessages));
}

/** Answers each item of a request on its own, so that one that fails leaves the others be. */
export async function answerEach<T>(
  name: string,
  items: readonly T[],
  answer: (item: T) => XmlContent | Promise<XmlContent>,
  contentOnError?: XmlContent,
): Promise<XmlNode> {
  const answers: XmlNode[] = [];
  for (const item of items) {
    try {
      answers.push(responseMessage(name, await answer(item)));
    } catch (error) {
      if (!(error instanceof EwsError) || error.fault) throw error;
      answers.push(errorMessage(name, error, contentOnError));
    }
  }
  return response(name, answers);
}

const declaration = '<?xml version="1.0" encoding="utf-8"?>';
const bodyNamespaces = { 'xmlns:m': messages, 'xmlns:t': types };

function header(prefix?: string): XmlNode {
  const version = {
    MajorVersion: 15,
    MinorVersion: 1,
    MajorBuildNumber: 2507,
    MinorBuildNumber: 6,
    Version: 'V2017_07_11',
  };
  return xml(prefix ? `${prefix}:Header` : 'Header', {}, xml('h:ServerVersionInfo', { 'xmlns:h': types, ...version }));
}

function parseOrRefuse(text: string): XmlElement {
  try {
    return parseXml(text);
  } catch (error) {
    throw schemaViolation(error instanceof Error ? error.message : String(error));
  }
}
