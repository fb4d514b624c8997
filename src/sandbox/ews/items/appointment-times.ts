import { nodesIn, readNode, textAt } from '../../calendar/stored-node.js';
import { EwsError } from '../ews-error.js';
import type { ItemEdit } from './item-edit.js';
import type { StoredMessage } from '../../store/store.js';

const halfAnHour = 1_800_000;

/** Gives an appointment the times that it lacks. @throws EwsError ErrorCalendarEndDateIsEarlierThanStartDate */
export function checkTimes({ kind, properties }: ItemEdit, message?: StoredMessage): void {
  if (kind?.element !== 'CalendarItem') return;
  const [start, end] = ['calendar:Start', 'calendar:End'].map((uri) =>
    Date.parse(String(properties.get(uri) ?? message?.properties.get(uri))),
  );
  const begin = start === undefined || Number.isNaN(start) ? Date.now() : start;
  const finish = end === undefined || Number.isNaN(end) ? begin + halfAnHour : end;
  if (finish < begin) throw new EwsError('ErrorCalendarEndDateIsEarlierThanStartDate');
  if (properties.get('calendar:Recurrence') !== undefined) checkRecurrence(properties);
  properties.set('calendar:Start', new Date(begin).toISOString()).set('calendar:End', new Date(finish).toISOString());
}

/** Exchange's own. */
const longestIntervals = { DailyRecurrence: 999 } as Readonly<Record<string, number>>;
const longestInterval = 99;

function checkRecurrence(properties: ItemEdit['properties']): void {
  const [pattern] = nodesIn(readNode(properties.get('calendar:Recurrence')));
  const interval = Number(textAt(pattern, 'Interval') ?? 1);
  const longest = longestIntervals[pattern?.name.slice(2) ?? ''] ?? longestInterval;
  if (!(interval >= 1 && interval <= longest)) throw new EwsError('ErrorCalendarInvalidRecurrence');
}
