import { timeZoneDefinition, timeZones } from '../time-zones/time-zones.js';
import { EwsError, schemaViolation } from '../ews-error.js';
import { errorParts, noError, response, responseMessage } from '../soap.js';
import type { Operation } from '../context.js';
import { childElements, copyOf, find, textOf, xml, type XmlNode } from '../xml.js';

/** What clients ask about a mailbox beside its items: answered as for one where nothing is set up. */

export const getServerTimeZones: Operation = async (request) => {
  const asked = childElements(find(request, 'Ids')).map((id) => textOf(id));
  const isFull = request.attributes['ReturnFullTimeZoneData'] !== 'false';
  const zones = timeZones.filter(({ id }) => asked.length === 0 || asked.includes(id));
  const definitions = zones.map((zone) => timeZoneDefinition(zone, isFull));
  return response('GetServerTimeZones', [
    responseMessage('GetServerTimeZones', xml('m:TimeZoneDefinitions', {}, definitions)),
  ]);
};

export const getUserOofSettings: Operation = async (_request, { account }) => {
  const settings = (account.settings.get('oofSettings') as XmlNode | undefined) ?? notAway;
  return xml('m:GetUserOofSettingsResponse', {}, success, settings, xml('m:AllowExternalOof', {}, 'All'));
};

export const setUserOofSettings: Operation = async (request, { account }) => {
  const given = find(request, 'UserOofSettings');
  if (!given) throw schemaViolation("The element 'UserOofSettings' is missing.");
  const kept = childElements(given).map((element) => copyOf(element));
  account.settings.set('oofSettings', xml('t:OofSettings', {}, kept));
  return xml('m:SetUserOofSettingsResponse', {}, success);
};

export const getRoomLists: Operation = async () =>
  xml('m:GetRoomListsResponse', { ResponseClass: 'Success' }, noError, xml('m:RoomLists', {}));

/** Nobody has the role that may look into others' mailboxes. */
export const getSearchableMailboxes: Operation = async () =>
  xml(
    'm:GetSearchableMailboxesResponse',
    { ResponseClass: 'Error' },
    errorParts(new EwsError('ErrorAccessDenied')),
    xml('m:DescriptiveLinkKey', {}, 0),
    xml('m:SearchableMailboxes', {}),
  );

export const getRooms: Operation = async () =>
  xml('m:GetRoomsResponse', { ResponseClass: 'Error' }, errorParts(new EwsError('ErrorNameResolutionNoResults')));

export const getMailTips: Operation = async (request) => {
  const recipients = childElements(find(request, 'Recipients'));
  const messages = recipients.map((recipient) => {
    const address = textOf(find(recipient, 'EmailAddress')) ?? '';
    const who = xml(
      't:RecipientAddress',
      {},
      xml('t:Name', {}, address),
      xml('t:EmailAddress', {}, address),
      xml('t:RoutingType', {}, 'SMTP'),
    );
    const tips = xml('m:MailTips', {}, who, xml('t:PendingMailTips', {}));
    return xml('m:MailTipsResponseMessageType', { ResponseClass: 'Success' }, noError, tips);
  });
  return xml('m:GetMailTipsResponse', { ResponseClass: 'Success' }, noError, xml('m:ResponseMessages', {}, messages));
};

export const findPeople: Operation = async () =>
  xml(
    'm:FindPeopleResponse',
    { ResponseClass: 'Success' },
    noError,
    xml('m:People', {}),
    ['TotalNumberOfPeopleInView', 'FirstMatchingRowIndex', 'FirstLoadedRowIndex'].map((name) =>
      xml(`m:${name}`, {}, 0),
    ),
  );

const success = xml('m:ResponseMessage', { ResponseClass: 'Success' }, noError);
const notAway = xml('t:OofSettings', {}, xml('t:OofState', {}, 'Disabled'), xml('t:ExternalAudience', {}, 'All'));
