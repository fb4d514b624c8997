/** When an appointment begins or ends: an invalid date where it does not say so. */
export function appointmentTime(
  { properties }: { readonly properties: ReadonlyMap<string, unknown> },
  name: 'Start' | 'End',
): Date {
  return new Date(String(properties.get(`calendar:${name}`)));
}
