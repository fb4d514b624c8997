import { appointmentTime } from '../../calendar/appointment-time.js';
import { availability, freeBusyStatus, type AvailabilityWindow } from '../../calendar/availability.js';
import { takingPlace } from '../../calendar/occurrence-item.js';
import type { StoredMessage } from '../../store/store.js';
import { accountOf, type Operation, type RequestContext } from '../context.js';
import { EwsError, schemaViolation } from '../ews-error.js';
import { noError } from '../soap.js';
import { SerializableTimeZone } from '../time-zones/serializable-time-zone.js';
import { childElements, copyOf, find, textOf, xml, type XmlElement, type XmlNode } from '../xml.js';

/** Exchange's own, in milliseconds: https://learn.microsoft.com/exchange/client-developer/web-service-reference/timewindow */
const longestWindow = 62 * 86_400_000;

/** When people are free and busy, by their calendars; in the zone of the request. */
export const getUserAvailability: Operation = async (request, context) => {
  const window = readWindow(request);
  const responses: XmlNode[] = [];
  for (const data of childElements(find(request, 'MailboxDataArray')))
    responses.push(await answer(textOf(find(data, 'Email', 'Address')) ?? '', window, context));
  return xml('m:GetUserAvailabilityResponse', {}, xml('m:FreeBusyResponseArray', {}, responses));
};

interface Window extends AvailabilityWindow {
  readonly view: string;
  readonly zone: SerializableTimeZone;
  readonly zoneElement: XmlElement;
}

function readWindow(request: XmlElement): Window {
  const zoneElement = find(request, 'TimeZone');
  const options = find(request, 'FreeBusyViewOptions');
  if (!zoneElement) throw new EwsError('ErrorInvalidTimeZone', { fault: true });
  if (!options) throw new EwsError('ErrorInvalidFreeBusyViewType', { fault: true });
  const zone = new SerializableTimeZone(zoneElement);
  const [from, to] = ['StartTime', 'EndTime'].map((name) => {
    const text = textOf(find(options, 'TimeWindow', name))?.trim() ?? '';
    const isLocal = !/(?:Z|[+-]\d\d:\d\d)$/.test(text);
    const time = new Date(isLocal ? `${text}Z` : text);
    return isLocal ? zone.fromLocal(time) : time;
  });
  if (!from || !to || Number.isNaN(to.getTime() - from.getTime())) throw schemaViolation('The TimeWindow is invalid.');
  if (to <= from) throw new EwsError('ErrorInvalidTimeInterval', { fault: true });
  if (to.getTime() - from.getTime() > longestWindow) throw new EwsError('ErrorTimeIntervalTooBig', { fault: true });
  const minutes = Number(textOf(find(options, 'MergedFreeBusyIntervalInMinutes')) ?? 30);
  if (!(minutes >= 5 && minutes <= 1440)) throw new EwsError('ErrorInvalidMergedFreeBusyInterval', { fault: true });
  const view = textOf(find(options, 'RequestedView')) ?? 'FreeBusy';
  return { from, to, view, interval: minutes * 60_000, zone, zoneElement };
}

async function answer(address: string, window: Window, context: RequestContext): Promise<XmlNode> {
  const account = accountOf(context.store, address);
  const items = takingPlace(account.otherFolder('calendar')?.messages ?? [], window.from, window.to);
  // Of others' calendars one is told no more than when they are busy.
  const view = account === context.account ? window.view : window.view.replace('Detailed', 'FreeBusy');
  const isMerged = view.includes('Merged');
  const events = view === 'MergedOnly' ? [] : await Promise.all(items.map((item) => eventNode(item, view, window)));
  return xml(
    'm:FreeBusyResponse',
    {},
    xml('m:ResponseMessage', { ResponseClass: 'Success' }, noError),
    xml(
      'm:FreeBusyView',
      {},
      xml('t:FreeBusyViewType', {}, view),
      isMerged ? xml('t:MergedFreeBusy', {}, availability(items, window)) : undefined,
      events.length > 0 ? xml('t:CalendarEventArray', {}, events) : undefined,
      view === 'MergedOnly' ? undefined : workingHours(window),
    ),
  );
}

async function eventNode(item: StoredMessage, view: string, { zone }: Window): Promise<XmlNode> {
  const time = (name: 'Start' | 'End') => zone.toLocal(appointmentTime(item, name)).toISOString().slice(0, 19);
  return xml(
    't:CalendarEvent',
    {},
    xml('t:StartTime', {}, time('Start')),
    xml('t:EndTime', {}, time('End')),
    xml('t:BusyType', {}, freeBusyStatus(item)),
    view.startsWith('Detailed') ? await details(item) : undefined,
  );
}

async function details(item: StoredMessage): Promise<XmlNode> {
  const { properties } = item;
  const is = (name: string) => properties.get(`calendar:${name}`) === 'true';
  return xml(
    't:CalendarEventDetails',
    {},
    xml('t:ID', {}, Buffer.from(item.id, 'base64').toString('hex').toUpperCase()),
    xml('t:Subject', {}, (await item.parsed()).subject ?? ''),
    xml('t:Location', {}, String(properties.get('calendar:Location') ?? '')),
    xml('t:IsMeeting', {}, is('IsMeeting') || properties.has('calendar:RequiredAttendees')),
    xml('t:IsRecurring', {}, is('IsRecurring')),
    xml('t:IsException', {}, properties.get('calendar:CalendarItemType') === 'Exception'),
    xml('t:IsReminderSet', {}, properties.get('item:ReminderIsSet') === 'true'),
    xml('t:IsPrivate', {}, properties.get('item:Sensitivity') === 'Private'),
  );
}

/** Nine to five, on weekdays. */
function workingHours({ zoneElement }: Window): XmlNode {
  const days = 'Monday Tuesday Wednesday Thursday Friday';
  const period = { DayOfWeek: days, StartTimeInMinutes: 540, EndTimeInMinutes: 1020 };
  const parts = Object.entries(period).map(([name, value]) => xml(`t:${name}`, {}, value));
  return xml(
    't:WorkingHours',
    {},
    xml('t:TimeZone', {}, childElements(zoneElement).map(copyOf)),
    xml('t:WorkingPeriodArray', {}, xml('t:WorkingPeriod', {}, parts)),
  );
}
