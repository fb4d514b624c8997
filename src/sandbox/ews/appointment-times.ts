import { EwsError } from './ews-error.js';
import type { ItemEdit } from './item-edit.js';
import type { StoredMessage } from '../store/store.js';

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
  properties.set('calendar:Start', new Date(begin).toISOString()).set('calendar:End', new Date(finish).toISOString());
}
