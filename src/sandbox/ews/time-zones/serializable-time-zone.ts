import { find, textOf, type XmlElement } from '../xml.js';

const minute = 60_000;

/** A zone as GetUserAvailability describes it: how far its clocks are behind UTC, and when they are put forward and back. */
export class SerializableTimeZone {
  readonly #bias: number;
  readonly #standard: Change;
  readonly #daylight: Change;

  constructor(element: XmlElement) {
    this.#bias = numberAt(element, 'Bias');
    this.#standard = readChange(find(element, 'StandardTime'));
    this.#daylight = readChange(find(element, 'DaylightTime'));
  }

  /** When its clocks show this, as if they were UTC's. */
  fromLocal(local: Date): Date {
    return new Date(local.getTime() + this.#behind(local) * minute);
  }

  /** What its clocks show at a time, as if they were UTC's. */
  toLocal(time: Date): Date {
    const standard = new Date(time.getTime() - (this.#bias + this.#standard.bias) * minute);
    return new Date(time.getTime() - this.#behind(standard) * minute);
  }

  /** In minutes, at a time of its clocks. */
  #behind(local: Date): number {
    const [standard, daylight] = [this.#standard, this.#daylight];
    if (standard.month === 0 || daylight.month === 0) return this.#bias + standard.bias;
    const year = local.getUTCFullYear();
    const [toDaylight, toStandard] = [dateOf(daylight, year), dateOf(standard, year)];
    const isNorth = toDaylight < toStandard;
    const isDaylight = isNorth ? local >= toDaylight && local < toStandard : local >= toDaylight || local < toStandard;
    return this.#bias + (isDaylight ? daylight.bias : standard.bias);
  }
}

interface Change {
  readonly bias: number;
  readonly time: string;
  /** Which of its weekdays in the month, 5 for the last. */
  readonly order: number;
  readonly month: number;
  readonly weekday: number;
}

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

function readChange(element: XmlElement | undefined): Change {
  return {
    bias: numberAt(element, 'Bias'),
    time: textOf(find(element, 'Time')) ?? '00:00:00',
    order: numberAt(element, 'DayOrder'),
    month: numberAt(element, 'Month'),
    weekday: weekdays.indexOf(textOf(find(element, 'DayOfWeek')) ?? ''),
  };
}

function dateOf({ month, order, weekday, time }: Change, year: number): Date {
  const first = new Date(Date.UTC(year, month - 1, 1)).getUTCDay();
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
  let day = 1 + ((weekday - first + 7) % 7) + (order - 1) * 7;
  while (day > days) day -= 7;
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return new Date(Date.UTC(year, month - 1, day, hours, minutes));
}

function numberAt(element: XmlElement | undefined, name: string): number {
  return Number(textOf(find(element, name)) ?? 0) || 0;
}
