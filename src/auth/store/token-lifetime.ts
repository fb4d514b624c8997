/** Days that a refresh token lives without being used: https://learn.microsoft.com/entra/identity-platform/refresh-tokens */
const lifetimeDays = 90;

export const millisecondsADay = 86_400_000;

/** Days before its end from which on a sign-in is warned about. */
export const warningDays = 14;

/** Days before its end from which on the warning is louder. */
export const urgentDays = 7;

/** When a sign-in ends if it is not used until then. A policy of the tenant may end it sooner. */
export function goodUntil({ issuedAt }: { readonly issuedAt: string }): Date {
  return new Date(Date.parse(issuedAt) + lifetimeDays * millisecondsADay);
}
