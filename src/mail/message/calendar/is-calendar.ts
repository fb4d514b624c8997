/** Whether a part is a calendar: by its type, or by its name where a program knew no type. */
export function isCalendar({ type, filename }: { readonly type: string; readonly filename: string }): boolean {
  return type === 'text/calendar' || type === 'application/ics' || /\.ics$/i.test(filename);
}
