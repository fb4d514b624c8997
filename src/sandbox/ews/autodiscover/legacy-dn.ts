/** The name of a mailbox in Exchange's directory (LegacyExchangeDN), which some clients insist on. */
export function legacyDn(address: string): string {
  const group = 'Exchange Administrative Group (FYDIBOHF23SPDLT)';
  return `/o=Sandbox/ou=${group}/cn=Recipients/cn=${address.toLowerCase()}`;
}
