import type { Folder, WellKnownFolder } from '../transport.js';
import { escapeXml } from './escape-xml.js';

/**
 * The requests by which mail is found, read, watched and sent, as
 * https://learn.microsoft.com/exchange/client-developer/web-service-reference/ews-operations-in-exchange has them. They
 * are texts: a library for them takes half a second to load. Those that change what is there are in `change-requests.ts`.
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
  return `<t:IsGreaterThan>${path}${constant(value)}</t:IsGreaterThan>`;
}

function isEqualTo(path: PropertyPath, value: string): string {
  return `<t:IsEqualTo>${path}${constant(value)}</t:IsEqualTo>`;
}

function constant(value: string | number): string {
  return `<t:FieldURIOrConstant><t:Constant Value="${escapeXml(String(value))}" /></t:FieldURIOrConstant>`;
}

const displayName = property('folder:DisplayName');

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
    <m:FolderShape>${shape([displayName])}</m:FolderShape>
    <m:FolderIds>${wellKnownId(name, mailbox)}</m:FolderIds>
  </m:GetFolder>`;
}

export interface FindFolder {
  /** The id of the folder that they are in. @default the mailbox's top */
  readonly parent: string | undefined;
  /** What they are called. @default whatever */
  readonly name?: string | undefined;
  readonly count: number;
  readonly mailbox: string | undefined;
}

export function findFolder({ parent, name, count, mailbox }: FindFolder): string {
  const filter = name === undefined ? '' : `<m:Restriction>${isEqualTo(displayName, name)}</m:Restriction>`;
  return `<m:FindFolder Traversal="Shallow">
    <m:FolderShape>${shape([displayName, property('folder:FolderClass')])}</m:FolderShape>
    <m:IndexedPageFolderView MaxEntriesReturned="${count}" Offset="0" BasePoint="Beginning" />
    ${filter}
    <m:ParentFolderIds>${parent === undefined ? wellKnownId('top', mailbox) : folderId(parent)}</m:ParentFolderIds>
  </m:FindFolder>`;
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

export function folderId(id: string): string {
  return `<t:FolderId Id="${escapeXml(id)}" />`;
}

export function itemIds(ids: readonly string[]): string {
  return `<m:ItemIds>${ids.map((id) => `<t:ItemId Id="${escapeXml(id)}" />`).join('')}</m:ItemIds>`;
}

function wellKnownId(name: WellKnownFolder | 'top', mailbox: string | undefined): string {
  const address = mailbox === undefined ? '' : `<t:EmailAddress>${escapeXml(mailbox)}</t:EmailAddress>`;
  const owner = address && `<t:Mailbox>${address}</t:Mailbox>`;
  return `<t:DistinguishedFolderId Id="${name === 'top' ? 'msgfolderroot' : name}">${owner}</t:DistinguishedFolderId>`;
}
