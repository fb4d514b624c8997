/** When a server says that it received a message; where it says no date, the beginning of time, which a report knows. */
export function receivedTime(said: Date | string | undefined): Date {
  const time = new Date(said || 0);
  return Number.isNaN(time.getTime()) ? new Date(0) : time;
}
