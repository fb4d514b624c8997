import { createHash } from 'node:crypto';
import { AadstsError } from './failures/aadsts-error.js';

const guidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const domainPattern = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/i;

/** The tenant that holds all personal accounts. */
const consumers = '9188040d-6c67-4c5b-b112-36a304b66dad';
const personalDomains = new Set(['outlook.com', 'hotmail.com', 'live.com', 'msn.com']);

/** Whether a name stands for the tenant of whoever signs in. */
export function isShared(tenant: string): boolean {
  return tenant === 'common' || tenant === 'organizations';
}

/** Whether somebody may sign in at a tenant: personal accounts are for some, those of work or school for the others. */
export function takesAccount(tenant: string, user: string): boolean {
  const isPersonal = personalDomains.has(domainOf(user));
  if (tenant === 'consumers' || tenant === consumers) return isPersonal;
  return tenant !== 'organizations' || !isPersonal;
}

/**
 * A tenant's ID. Every GUID and every domain is a tenant; for `common` and `organizations` it is the
 * user's own.
 * @throws AadstsError 90002
 */
export function tenantIdOf(tenant: string, user?: string): string {
  if (guidPattern.test(tenant)) return tenant.toLowerCase();
  if (domainPattern.test(tenant)) return guidOf(tenant.toLowerCase());
  if (tenant === 'consumers') return consumers;
  if (isShared(tenant)) return user === undefined ? guidOf(tenant) : homeOf(user);
  throw new AadstsError(90002, { tenant });
}

function homeOf(user: string): string {
  const domain = domainOf(user);
  return personalDomains.has(domain) ? consumers : guidOf(domain);
}

function domainOf(user: string): string {
  return user.replace(/^.*@/, '').toLowerCase();
}

/** A GUID that is always the same for a text: the ID of a user, of a tenant known by its domain. */
export function guidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}
