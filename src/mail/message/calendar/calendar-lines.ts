/** Characters of a calendar that are read; a line of more (a file within it) is left out. */
const longestCalendar = 262_144;
const longestLine = 32_768;

/** What matters here. Whatever else stands in a calendar, broken or not, is left out. */
const properties = new Set(
  `BEGIN END METHOD PRODID VERSION UID SEQUENCE DTSTAMP DTSTART DTEND DURATION RRULE RECURRENCE-ID SUMMARY DESCRIPTION
  LOCATION STATUS ORGANIZER ATTENDEE X-MICROSOFT-CDO-ALLDAYEVENT TZID TZOFFSETFROM TZOFFSETTO RDATE`.split(/\s+/),
);

/** The lines of an iCalendar text (RFC 5545 section 3.1) that can be read and matter, unfolded. @throws where it is too long */
export function calendarLines(text: string): string {
  const lines: string[] = [];
  for (const line of text.replace(/\r?\n[ \t]/g, '').split(/\r?\n/)) {
    const name = /^([A-Za-z0-9-]+)[;:]/.exec(line)?.[1]?.toUpperCase();
    if (name !== undefined && properties.has(name) && line.length <= longestLine) lines.push(line);
  }
  const calendar = lines.join('\r\n');
  if (calendar.length > longestCalendar) throw new Error(`it is longer than ${longestCalendar} characters`);
  return calendar;
}
