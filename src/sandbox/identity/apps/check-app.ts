import { createPublicKey, X509Certificate } from 'node:crypto';

type Check = (value: unknown) => boolean;

const appFields: Readonly<Record<string, Check>> = {
  clientId: isText,
  clientSecret: optional(isText),
  secretExpired: optional(isBoolean),
  certificates: optional(listOf(isCertificate)),
  federatedCredentials: optional(
    listOf((value) =>
      fits(value, { issuer: isText, subject: isText, audience: optional(isText), publicKey: optional(isPublicKey) }),
    ),
  ),
  publicClient: optional(isBoolean),
  redirectUrls: optional(listOf(isText)),
  platform: optional((value) => value === 'web' || value === 'spa' || value === 'desktop'),
};

/** Whether a value is an app registration, down to certificates and keys that can be read. */
export function isAppRegistration(value: unknown): boolean {
  return fits(value, appFields);
}

function fits(value: unknown, fields: Readonly<Record<string, Check>>): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const given = new Map<string, unknown>(Object.entries(value));
  return (
    Object.entries(fields).every(([name, check]) => check(given.get(name))) &&
    [...given.keys()].every((name) => Object.hasOwn(fields, name))
  );
}

function optional(check: Check): Check {
  return (value) => value === undefined || check(value);
}

function listOf(check: Check): Check {
  return (value) => Array.isArray(value) && value.every(check);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isBoolean(value: unknown): boolean {
  return typeof value === 'boolean';
}

function isCertificate(value: unknown): boolean {
  return isText(value) && canBeRead(() => new X509Certificate(value));
}

function isPublicKey(value: unknown): boolean {
  return isText(value) && canBeRead(() => createPublicKey(value));
}

function canBeRead(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch {
    return false;
  }
}
