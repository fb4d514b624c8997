import { EwsError } from './ews-error.js';
import { find, type XmlElement } from './xml.js';

// What each version of Exchange's schema has: https://learn.microsoft.com/exchange/client-developer/web-service-reference

const versions = [
  'Exchange2007',
  'Exchange2007_SP1',
  'Exchange2009',
  'Exchange2010',
  'Exchange2010_SP1',
  'Exchange2010_SP2',
  'Exchange2012',
  'Exchange2013',
  'Exchange2013_SP1',
  'Exchange2015',
  'Exchange2016',
  'Exchange2019',
] as const;

type Version = (typeof versions)[number];

/** How many versions there were before the one that a client speaks; the dated ones of Exchange Online came last. */
export type SchemaVersion = number;

/** As the sandbox itself speaks. */
export const latestVersion: SchemaVersion = versions.length;

/** The version that a request speaks; who does not say speaks the first. @throws EwsError a fault, for one that there never was */
export function readSchemaVersion(header: XmlElement | undefined): SchemaVersion {
  const version = find(header, 'RequestServerVersion')?.attributes['Version'];
  if (version === undefined) return 0;
  if (/^V20\d\d_\d\d_\d\d$/.test(version)) return latestVersion;
  const rank = versions.indexOf(version as Version);
  if (rank < 0) throw new EwsError('ErrorInvalidServerVersion', { fault: true });
  return rank;
}

/** @throws EwsError a fault, where an operation came with a later version than the one that a client speaks */
export function refuseLaterOperation(request: XmlElement, spoken: SchemaVersion): void {
  const isStreaming = find(request, 'StreamingSubscriptionRequest') !== undefined;
  const since = isStreaming ? rankOf('Exchange2010_SP1') : (sinceByName.get(request.name) ?? 0);
  if (spoken < since) throw new EwsError('ErrorIncorrectSchemaVersion', { fault: true });
}

/** Whether a version has a property. */
export function hasProperty(version: SchemaVersion, uri: string): boolean {
  return version >= (sinceByName.get(uri) ?? 0);
}

function rankOf(version: Version): SchemaVersion {
  return versions.indexOf(version);
}

/** Operations and properties that were not there from the beginning. */
const news: Partial<Readonly<Record<Version, string>>> = {
  Exchange2007_SP1:
    'AddDelegate ConvertId GetDelegate RemoveDelegate UpdateDelegate calendar:DateTimeStamp calendar:RecurrenceId ' +
    'calendar:UID message:ReceivedBy message:ReceivedRepresenting',
  Exchange2010:
    'CreateUserConfiguration DeleteUserConfiguration GetMailTips GetRoomLists GetRooms GetServerTimeZones ' +
    'GetServiceConfiguration GetUserConfiguration UpdateUserConfiguration calendar:EndTimeZone calendar:StartTimeZone ' +
    'item:ConversationId item:IsAssociated item:LastModifiedTime',
  Exchange2010_SP1:
    'ApplyConversationAction EmptyFolder ExportItems FindConversation GetInboxRules GetStreamingEvents UpdateInboxRules ' +
    'UploadItems',
  Exchange2013:
    'ArchiveItem FindPeople GetSearchableMailboxes MarkAllItemsAsRead MarkAsJunk calendar:EndTimeZoneId ' +
    'calendar:StartTimeZoneId folder:DistinguishedFolderId item:Flag item:Preview item:TextBody',
  Exchange2016: 'calendar:EnhancedLocation',
};

const sinceByName: ReadonlyMap<string, SchemaVersion> = new Map(
  Object.entries(news).flatMap(([version, names]) =>
    names.split(' ').map((name) => [name, rankOf(version as Version)] as const),
  ),
);
