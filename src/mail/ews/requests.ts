import type { Folder, WellKnownFolder } from '../transport.js';
import { escapeXml } from './escape-xml.js';
import { wellKnownNames } from './well-known-names.js';

/**
 * The requests by which mail is found, read, watched and sent, as
 * https://learn.microsoft.com/exchange/client-developer/web-service-reference/ews-operations-in-exchange has them. They
 * are texts: the library's half second of loading is for those who move mail, put it somewhere, or name a folder by its path.
 */

/** Where a property is found, as an element of its own. */
export type PropertyPath = string & { readonly _path?: never };

/** A property that has a name: `item:Subject`. */
export function property(name: `${'item' | 'message' | 'folder'}:${string}`): PropertyPath {
  return `<t:FieldURI FieldURI="${name}" />`;
}

/** An integer property by its tag, as [MS-OXPROPS] lists them. */
export function integerProperty(tag: number): PropertyPath {
  return `<t:ExtendedFieldURI PropertyTag="${tag}" PropertyType="Integer" />`;
}

/** That a property is greater than a value. */
export function isGreaterThan(path: PropertyPath, value: string | number): string {
  const constant = `<t:FieldURIOrConstant><t:Constant Value="${escapeXml(String(value))}" /></t:FieldURIOrConstant>`;
  return `<t:IsGreaterThan>${path}${constant}</t:IsGreaterThan>`;
}

export type SortDirection = 'Ascending' | 'Descending';

export interface FindItem {
  readonly properties: readonly PropertyPath[];
  /** What `isGreaterThan` makes. */
  readonly filter?: string | undefined;
  readonly sort: readonly [PropertyPath, SortDirection];
  readonly count: number;
  readonly offset?: number;
}

export function findItem({ id }: Folder, { properties, filter, sort, count, offset = 0 }: FindItem): string {
  const [by, direction] = sort;
  return `<m:FindItem Traversal="Shallow">
    <m:ItemShape>${shape(properties)}</m:ItemShape>
    <m:IndexedPageItemView MaxEntriesReturned="${count}" Offset="${offset}" BasePoint="Beginning" />
    ${filter === undefined ? '' : `<m:Restriction>${filter}</m:Restriction>`}
    <m:SortOrder><t:FieldOrder Order="${direction}">${by}</t:FieldOrder></m:SortOrder>
    <m:ParentFolderIds>${folderId(id)}</m:ParentFolderIds>
  </m:FindItem>`;
}

export function getItem(ids: readonly string[], properties: readonly PropertyPath[]): string {
  return `<m:GetItem>
    <m:ItemShape>${shape(properties)}</m:ItemShape>
    ${itemIds(ids)}
  </m:GetItem>`;
}

/** A folder that every mailbox has; for a delegate the mailbox has to be named. */
export function getFolder(name: WellKnownFolder, mailbox: string | undefined): string {
  return `<m:GetFolder>
    <m:FolderShape>${shape([property('folder:DisplayName')])}</m:FolderShape>
    <m:FolderIds>${wellKnownId(name, mailbox)}</m:FolderIds>
  </m:GetFolder>`;
}

/** To the recipients of a MIME source; a copy goes to Sent Items. */
export function sendMessage(source: Buffer, mailbox: string | undefined): string {
  return `<m:CreateItem MessageDisposition="SendAndSaveCopy">
    <m:SavedItemFolderId>${wellKnownId('sentitems', mailbox)}</m:SavedItemFolderId>
    <m:Items><t:Message><t:MimeContent CharacterSet="UTF-8">${source.toString('base64')}</t:MimeContent></t:Message></m:Items>
  </m:CreateItem>`;
}

/** To what enters a folder. */
export function subscribe({ id }: Folder): string {
  const events = ['NewMailEvent', 'CreatedEvent', 'MovedEvent'].map((name) => `<t:EventType>${name}</t:EventType>`);
  return `<m:Subscribe><m:StreamingSubscriptionRequest>
    <t:FolderIds>${folderId(id)}</t:FolderIds>
    <t:EventTypes>${events.join('')}</t:EventTypes>
  </m:StreamingSubscriptionRequest></m:Subscribe>`;
}

export function getStreamingEvents(subscriptionId: string, minutes: number): string {
  return `<m:GetStreamingEvents>
    <m:SubscriptionIds><t:SubscriptionId>${escapeXml(subscriptionId)}</t:SubscriptionId></m:SubscriptionIds>
    <m:ConnectionTimeout>${minutes}</m:ConnectionTimeout>
  </m:GetStreamingEvents>`;
}

export function unsubscribe(subscriptionId: string): string {
  return `<m:Unsubscribe><m:SubscriptionId>${escapeXml(subscriptionId)}</m:SubscriptionId></m:Unsubscribe>`;
}

export interface EnvelopeOptions {
  /** What the server is asked to speak like. */
  readonly version: string;
  /** Whom to act as. */
  readonly impersonated?: string | undefined;
}

/** A request as it goes over the wire. */
export function envelope(request: string, { version, impersonated }: EnvelopeOptions): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"
  xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages"
  xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types">
  <soap:Header><t:RequestServerVersion Version="${version}" />${impersonation(impersonated)}</soap:Header>
  <soap:Body>${request}</soap:Body>
</soap:Envelope>`;
}

function impersonation(address: string | undefined): string {
  if (address === undefined) return '';
  const sid = `<t:ConnectingSID><t:SmtpAddress>${escapeXml(address)}</t:SmtpAddress></t:ConnectingSID>`;
  return `<t:ExchangeImpersonation>${sid}</t:ExchangeImpersonation>`;
}

function shape(properties: readonly PropertyPath[]): string {
  const additional =
    properties.length === 0 ? '' : `<t:AdditionalProperties>${properties.join('')}</t:AdditionalProperties>`;
  return `<t:BaseShape>IdOnly</t:BaseShape>${additional}`;
}

function folderId(id: string): string {
  return `<t:FolderId Id="${escapeXml(id)}" />`;
}

export function itemIds(ids: readonly string[]): string {
  return `<m:ItemIds>${ids.map((id) => `<t:ItemId Id="${escapeXml(id)}" />`).join('')}</m:ItemIds>`;
}

function wellKnownId(name: WellKnownFolder, mailbox: string | undefined): string {
  const address = mailbox === undefined ? '' : `<t:EmailAddress>${escapeXml(mailbox)}</t:EmailAddress>`;
  const owner = address && `<t:Mailbox>${address}</t:Mailbox>`;
  return `<t:DistinguishedFolderId Id="${wellKnownNames[name].toLowerCase()}">${owner}</t:DistinguishedFolderId>`;
}
