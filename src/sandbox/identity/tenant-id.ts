import { createHash } from 'node:crypto';
import { AadstsError } from './failures/aadsts-error.js';

const guidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const domainPattern = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/i;

/**
 * A tenant's ID. Every GUID and every domain is a tenant; for `common` and `organizations` it is the
 * user's own.
 * @throws AadstsError 90002
 */
export function tenantIdOf(tenant: string, user?: string): string {
  if (guidPattern.test(tenant)) return tenant.toLowerCase();
  if (domainPattern.test(tenant)) return guidOf(tenant.toLowerCase());
  if (tenant === 'common' || tenant === 'organizations') return guidOf(user?.replace(/^.*@/, '') ?? tenant);
  throw new AadstsError(90002, { tenant });
}

/** A GUID that is always the same for a text: the ID of a user, of a tenant known by its domain. */
export function guidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}
