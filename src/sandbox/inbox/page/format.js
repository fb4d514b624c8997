/** How things are written for people. */

const time = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' });

/** @param {string} iso today's as a time, others as a day */
export function shortTime(iso) {
  const date = new Date(iso);
  const isToday = date.toDateString() === new Date().toDateString();
  return (isToday ? time : day).format(date);
}

/** @param {string} iso */
export function fullTime(iso) {
  return full.format(new Date(iso));
}

/** @param {number} octets */
export function size(octets) {
  const units = ['B', 'kB', 'MB'];
  const power = Math.min(Math.floor(Math.log10(Math.max(octets, 1)) / 3), units.length - 1);
  const value = octets / 1000 ** power;
  return `${power > 0 && value < 10 ? value.toFixed(1) : Math.round(value)} ${units[power]}`;
}

/** @param {{ readonly name: string, readonly address: string } | undefined} whom */
export function person(whom) {
  if (!whom) return '(nobody)';
  return whom.name ? `${whom.name} <${whom.address}>` : whom.address;
}

/**
 * @param {number} number
 * @param {string} one
 */
export function count(number, one) {
  return `${number} ${one}${number === 1 ? '' : 's'}`;
}
