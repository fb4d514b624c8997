import type { Account } from '../../store/store.js';
import { readMember } from '../enumeration.js';
import { cannotConvert, GraphError, unknownProperty } from '../graph-error.js';
import { isRecord } from '../graph-request.js';

export type MailboxSettings = Readonly<Record<string, unknown>>;

/** What a mailbox is set to. https://learn.microsoft.com/graph/api/resources/mailboxsettings */
export function mailboxSettings({ settings }: Account): MailboxSettings {
  return (settings.get('mailboxSettings') as MailboxSettings | undefined) ?? initial;
}

/** What a change comes to: the settings that it names, whole. @throws GraphError where one is none, or no good */
export function changedSettings(account: Account, change: MailboxSettings): MailboxSettings {
  const before = mailboxSettings(account);
  const entries = Object.entries(change).filter(([name]) => !name.includes('@'));
  return Object.fromEntries(
    entries.map(([name, value]) => {
      if (!Object.hasOwn(initial, name) || name === 'userPurpose')
        throw unknownProperty(name, 'microsoft.graph.mailboxSettings');
      const old = before[name];
      const merged = isRecord(value) && isRecord(old) ? { ...old, ...value } : value;
      return [name, checks[name]?.(merged) ?? merged];
    }),
  );
}

const initial: MailboxSettings = {
  automaticRepliesSetting: {
    status: 'disabled',
    externalAudience: 'none',
    internalReplyMessage: '',
    externalReplyMessage: '',
    scheduledStartDateTime: { dateTime: '2000-01-01T00:00:00.0000000', timeZone: 'UTC' },
    scheduledEndDateTime: { dateTime: '2000-01-02T00:00:00.0000000', timeZone: 'UTC' },
  },
  timeZone: 'UTC',
  language: { locale: 'en-US', displayName: 'English (United States)' },
  workingHours: {
    daysOfWeek: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
    startTime: '08:00:00.0000000',
    endTime: '17:00:00.0000000',
    timeZone: { name: 'UTC' },
  },
  dateFormat: 'yyyy-MM-dd',
  timeFormat: 'HH:mm',
  delegateMeetingMessageDeliveryOptions: 'sendToDelegateOnly',
  userPurpose: 'user',
};

const days = new Set(['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']);
const statuses = { disabled: 'disabled', alwaysEnabled: 'alwaysEnabled', scheduled: 'scheduled' };

/** What is as it should be is given back in Graph's own spelling. */
const checks: Readonly<Record<string, (value: unknown) => unknown>> = {
  automaticRepliesSetting: (value) => {
    const { status, ...rest } = isRecord(value) ? value : {};
    return { status: readMember(statuses, status, 'automaticRepliesStatus'), ...rest };
  },
  timeZone: (value) => {
    if (typeof value === 'string' && value) return value;
    throw new GraphError(400, 'InvalidTimeZone', { message: 'Time Zone settings provided are invalid.' });
  },
  workingHours: (value) => {
    const { startTime = '', endTime = '', daysOfWeek = [], ...rest } = isRecord(value) ? value : {};
    const named = [daysOfWeek].flat().map((day) => String(day).toLowerCase());
    const wrong = named.find((day) => !days.has(day));
    if (wrong !== undefined)
      throw new GraphError(400, 'InvalidArguments', { message: `Requested value '${wrong}' was not found.` });
    for (const time of [startTime, endTime]) checkTime(String(time));
    if (String(startTime) >= String(endTime))
      throw new GraphError(400, 'ErrorInvalidTimeSettings', { message: 'Start Time should occur before End Time.' });
    return { daysOfWeek: named, startTime, endTime, ...rest };
  },
};

function checkTime(time: string): void {
  if (/^(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,7})?)?$/.test(time)) return;
  throw cannotConvert(time, 'Edm.TimeOfDay');
}
