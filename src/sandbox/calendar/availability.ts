import { appointmentTime } from './appointment-time.js';
import type { StoredMessage } from '../store/store.js';

/** What stands for how somebody is bound, the more the higher. */
const digits: Readonly<Record<string, string>> = {
  Free: '0',
  Tentative: '1',
  Busy: '2',
  OOF: '3',
  WorkingElsewhere: '4',
};

export interface AvailabilityWindow {
  readonly from: Date;
  readonly to: Date;
  /** In milliseconds. */
  readonly interval: number;
}

/** A digit an interval: the most that somebody is bound in it. */
export function availability(items: readonly StoredMessage[], { from, to, interval }: AvailabilityWindow): string {
  const slots = Array.from({ length: Math.ceil((to.getTime() - from.getTime()) / interval) }, () => '0');
  for (const item of items) {
    const slotOf = (name: 'Start' | 'End') => (appointmentTime(item, name).getTime() - from.getTime()) / interval;
    const end = Math.min(slots.length, slotOf('End'));
    const digit = digits[freeBusyStatus(item)] ?? '2';
    for (let slot = Math.max(0, Math.floor(slotOf('Start'))); slot < end; slot++)
      if (slots[slot]! < digit) slots[slot] = digit;
  }
  return slots.join('');
}

/** How an appointment binds whoever has it, by EWS's names. */
export function freeBusyStatus({ properties }: StoredMessage): string {
  return String(properties.get('calendar:LegacyFreeBusyStatus') ?? 'Busy');
}
