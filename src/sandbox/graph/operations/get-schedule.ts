import { availability, type AvailabilityWindow } from '../../calendar/availability.js';
import { takingPlace } from '../../calendar/occurrence-item.js';
import type { Account } from '../../store/store.js';
import { eventRecord, type EventView } from '../calendar/event-resource.js';
import { readEventTime, wantedZone } from '../calendar/event-times.js';
import { cannot } from '../calendar/read-event.js';
import { odataRoot, type Operation } from '../context.js';
import { jsonAnswer } from '../graph-answer.js';
import { badRequest } from '../graph-error.js';
import { readParameters } from '../graph-request.js';
import { mailboxSettings } from '../settings/mailbox-settings.js';

/** As many as Graph takes at once, people and days. https://learn.microsoft.com/graph/api/calendar-getschedule */
const mostSchedules = 20;
const longestWindow = 62;
const day = 86_400_000;

/** When people are free and busy; of others' calendars one is told no more than that. */
export const getSchedule: Operation = async (context) => {
  const { account, request, store } = context;
  const parameters = readParameters(request);
  const schedules = [parameters.get('schedules') ?? []].flat().map(String);
  const [from, to] = ['startTime', 'endTime'].map((name) => readEventTime(name, parameters.get(name.toLowerCase())).at);
  const interval = Number(parameters.get('availabilityviewinterval') ?? 30);
  if (schedules.length === 0) throw badRequest("The parameter 'schedules' is required.");
  if (schedules.length > mostSchedules) throw cannot(`There are more than ${mostSchedules} schedules.`);
  if (!(interval >= 5 && interval <= 1440))
    throw badRequest("'availabilityViewInterval' has to be from 5 to 1440 minutes.");
  if (!(to! > from!) || to!.getTime() - from!.getTime() > longestWindow * day)
    throw cannot(`The period has to be one of at most ${longestWindow} days.`);
  const window = { from: from!, to: to!, interval: interval * 60_000 };
  const view: EventView = { idType: 'ordinary', bodyType: 'html', zone: wantedZone(request) };
  const value: object[] = [];
  for (const address of schedules) {
    const found = /^[^\s@]+@[^\s@]+$/.test(address) ? store.account(address) : undefined;
    value.push(found ? await scheduleOf(address, found, { window, view, isOwn: found === account }) : unknown(address));
  }
  return jsonAnswer({ ...odataRoot(request, 'Collection(microsoft.graph.scheduleInformation)'), value });
};

/** What is said of an address that nobody has. */
function unknown(scheduleId: string): object {
  const message = `Unable to resolve e-mail address ${scheduleId.slice(0, 100)} to an Active Directory object.`;
  return { scheduleId, error: { message, responseCode: 'ErrorMailRecipientNotFound' } };
}

interface Asked {
  readonly window: AvailabilityWindow;
  readonly view: EventView;
  readonly isOwn: boolean;
}

async function scheduleOf(scheduleId: string, account: Account, { window, view, isOwn }: Asked): Promise<object> {
  const events = takingPlace(account.otherFolder('calendar')?.messages ?? [], window.from, window.to);
  const names = new Set(['showAs', 'start', 'end', ...(isOwn ? ['subject', 'location', 'sensitivity'] : [])]);
  const scheduleItems: object[] = [];
  for (const event of events) {
    const { showAs: status, sensitivity, location, ...rest } = await eventRecord(event, view, names);
    const { displayName } = (location ?? {}) as { readonly displayName?: string };
    const own = isOwn ? { isPrivate: sensitivity === 'private', location: displayName } : {};
    scheduleItems.push({ ...own, status, ...rest });
  }
  const { workingHours } = mailboxSettings(account);
  return { scheduleId, availabilityView: availability(events, window), scheduleItems, workingHours };
}
