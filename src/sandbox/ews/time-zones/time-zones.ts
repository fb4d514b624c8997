import { xml, type XmlNode } from '../xml.js';

/** When clocks are put forward or back: at an hour of theirs, on a Sunday of a month. */
interface Change {
  readonly month: number;
  /** Which Sunday, -1 for the last. */
  readonly occurrence: number;
  readonly hour: number;
}

/** When clocks are put forward, and when back. */
type Summer = readonly [forward: Change, back: Change];

const change = (month: number, occurrence: number, hour: number): Change => ({ month, occurrence, hour });
const british: Summer = [change(3, -1, 1), change(10, -1, 2)];
const european: Summer = [change(3, -1, 2), change(10, -1, 3)];
const american: Summer = [change(3, 2, 2), change(11, 1, 2)];
const australian: Summer = [change(10, 1, 2), change(4, 1, 3)];

interface Zone {
  readonly id: string;
  readonly name: string;
  /** In minutes, how far its clocks are behind UTC's outside of summer. */
  readonly bias: number;
  readonly summer?: Summer;
}

/** The zones that a server knows. */
export const timeZones: readonly Zone[] = [
  { id: 'UTC', name: '(UTC) Coordinated Universal Time', bias: 0 },
  { id: 'GMT Standard Time', name: '(UTC+00:00) Dublin, Edinburgh, Lisbon, London', bias: 0, summer: british },
  {
    id: 'W. Europe Standard Time',
    name: '(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna',
    bias: -60,
    summer: european,
  },
  { id: 'Romance Standard Time', name: '(UTC+01:00) Brussels, Copenhagen, Madrid, Paris', bias: -60, summer: european },
  { id: 'Eastern Standard Time', name: '(UTC-05:00) Eastern Time (US & Canada)', bias: 300, summer: american },
  { id: 'Central Standard Time', name: '(UTC-06:00) Central Time (US & Canada)', bias: 360, summer: american },
  { id: 'Pacific Standard Time', name: '(UTC-08:00) Pacific Time (US & Canada)', bias: 480, summer: american },
  { id: 'India Standard Time', name: '(UTC+05:30) Chennai, Kolkata, Mumbai, New Delhi', bias: -330 },
  { id: 'China Standard Time', name: '(UTC+08:00) Beijing, Chongqing, Hong Kong, Urumqi', bias: -480 },
  { id: 'Tokyo Standard Time', name: '(UTC+09:00) Osaka, Sapporo, Tokyo', bias: -540 },
  {
    id: 'AUS Eastern Standard Time',
    name: '(UTC+10:00) Canberra, Melbourne, Sydney',
    bias: -600,
    summer: australian,
  },
];

/** A zone by its id and its name or, in full, with what its clocks do. */
export function timeZoneDefinition({ id, name, bias, summer }: Zone, isFull: boolean): XmlNode {
  if (!isFull) return xml('t:TimeZoneDefinition', { Id: id, Name: name });
  const periodId = (period: string) => `trule:Microsoft/Registry/${id}/1-${period}`;
  const period = (Name: string, minutes: number) =>
    xml('t:Period', { Bias: duration(minutes), Name, Id: periodId(Name) });
  const [forward, back] = summer ?? [];
  const changes =
    forward && back
      ? [transition(periodId('Daylight'), forward), transition(periodId('Standard'), back)]
      : xml('t:Transition', {}, xml('t:To', { Kind: 'Period' }, periodId('Standard')));
  return xml(
    't:TimeZoneDefinition',
    { Id: id, Name: name },
    xml('t:Periods', {}, period('Standard', bias), summer && period('Daylight', bias - 60)),
    xml('t:TransitionsGroups', {}, xml('t:TransitionsGroup', { Id: '0' }, changes)),
    xml('t:Transitions', {}, xml('t:Transition', {}, xml('t:To', { Kind: 'Group' }, '0'))),
  );
}

function transition(periodId: string, { month, occurrence, hour }: Change): XmlNode {
  return xml(
    't:RecurringDayTransition',
    {},
    xml('t:To', { Kind: 'Period' }, periodId),
    xml('t:TimeOffset', {}, `PT${hour}H`),
    xml('t:Month', {}, month),
    xml('t:DayOfWeek', {}, 'Sunday'),
    xml('t:Occurrence', {}, occurrence),
  );
}

function duration(minutes: number): string {
  return `${minutes < 0 ? '-' : ''}PT${Math.abs(minutes)}M`;
}
