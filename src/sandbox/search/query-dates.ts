import { QueryError } from './query-error.js';

const day = 86_400_000;

/**
 * Reads the dates of a search as a span of milliseconds, its end left out: a day or a time, `>=2026-11-01`,
 * `2026-11-01..2026-11-30`, `today`, `this week`.
 * https://learn.microsoft.com/sharepoint/dev/general-development/keyword-query-language-kql-syntax-reference
 * @throws QueryError
 */
export function readDates(value: string): readonly [from: number, before: number] {
  const named = intervals[value];
  if (named) return named(startOfDay());
  const [, first, last] = /^(.+?)\.\.(.+)$/.exec(value) ?? [];
  if (first !== undefined && last !== undefined) return [readSpan(first)[0], readSpan(last)[1]];
  const [, operator = '', date = ''] = /^([<>]=?)?(.*)$/.exec(value) ?? [];
  const [from, before] = readSpan(date);
  if (operator === '>') return [before, Infinity];
  if (operator === '>=') return [from, Infinity];
  if (operator === '<') return [-Infinity, from];
  return operator === '<=' ? [-Infinity, before] : [from, before];
}

/** By the beginning of today; weeks begin on Sunday. */
const intervals: Readonly<Record<string, (today: number) => readonly [number, number]>> = {
  today: (today) => [today, today + day],
  yesterday: (today) => [today - day, today],
  'this week': (today) => [startOfWeek(today), startOfWeek(today) + 7 * day],
  'last week': (today) => [startOfWeek(today) - 7 * day, startOfWeek(today)],
  'this month': (today) => [startOfMonth(today, 0), startOfMonth(today, 1)],
  'last month': (today) => [startOfMonth(today, -1), startOfMonth(today, 0)],
  'this year': (today) => [startOfYear(today, 0), startOfYear(today, 1)],
  'last year': (today) => [startOfYear(today, -1), startOfYear(today, 0)],
};

/** A day as a whole, or a moment. */
function readSpan(text: string): readonly [number, number] {
  const [, month, date, year] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text) ?? [];
  const iso = year === undefined ? text.toUpperCase() : `${year}-${month?.padStart(2, '0')}-${date?.padStart(2, '0')}`;
  const at = /^\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:\d\d)?)?$/.test(iso) ? Date.parse(iso) : NaN;
  if (Number.isNaN(at)) throw new QueryError(`'${text}' is no date.`);
  return [at, at + (iso.length === 10 ? day : 1000)];
}

function startOfDay(): number {
  return Math.floor(Date.now() / day) * day;
}

function startOfWeek(today: number): number {
  return today - new Date(today).getUTCDay() * day;
}

function startOfMonth(today: number, months: number): number {
  const date = new Date(today);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1);
}

function startOfYear(today: number, years: number): number {
  return Date.UTC(new Date(today).getUTCFullYear() + years, 0, 1);
}
