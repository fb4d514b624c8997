/** When an appointment begins or ends: an invalid date where it does not say so. */
export function appointmentTime(
  { properties }: { readonly properties: ReadonlyMap<string, unknown> },
  name: 'Start' | 'End',
): Date {
  return new Date(String(properties.get(`calendar:${name}`)));
}

/** Whatever says when an appointment takes place, as one text. */
export function timesOf({ properties }: { readonly properties: ReadonlyMap<string, unknown> }): string {
  return ['Start', 'End', 'Recurrence'].map((name) => String(properties.get(`calendar:${name}`))).join();
}
