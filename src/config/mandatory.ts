import type { Fault } from './fault.js';
import { graphFaults } from './mandatory-graph.js';
import { imapFaults } from './mandatory-imap.js';
import { isAutodiscover } from './server-address.js';
import { useEnv } from './substitute.js';

type Fields = Readonly<Record<string, unknown>>;

/**
 * The fields that a connection can't do without, given what else it says: with Auto Discover
 * the user, with OAuth 2.0 tenant ID, client ID, client secret and redirect URL ...
 */
export function mandatoryFaults(definition: unknown): Fault[] {
  if (!isFields(definition)) return [{ field: 'definition', problem: 'must be an object' }];
  const auth = isFields(definition['auth']) ? definition['auth'] : undefined;
  return [...accountFaults(definition, auth), ...authFaults(auth), ...protocolFaults(definition)];
}

function protocolFaults(definition: Fields): Fault[] {
  if (definition['protocol'] === 'imap') return imapFaults(definition);
  return definition['protocol'] === 'graph' ? graphFaults(definition) : [];
}

function accountFaults(definition: Fields, auth: Fields | undefined): Fault[] {
  const faults = missing(definition, 'protocol', `is required: 'ews', 'imap' or 'graph'`);
  const hasAddress = Boolean(definition['user'] ?? definition['mailbox']);
  if (isAutodiscover(definition['host']) && !['imap', 'graph'].includes(String(definition['protocol']))) {
    faults.push(...missing(definition, 'user', `is required with host 'autodiscover'`));
  } else if (!hasAddress && auth?.['grant'] === 'client_credentials') {
    faults.push({ field: 'user', problem: 'is required with client_credentials: whose mailbox the app is to use' });
  } else if (!hasAddress && auth?.['type'] === 'basic') {
    faults.push({ field: 'user', problem: 'is required with basic authentication' });
  }
  return faults;
}

function authFaults(auth: Fields | undefined): Fault[] {
  if (!auth) return [{ field: 'auth', problem: `is required: { type: 'oauth2', ... } or { type: 'basic', ... }` }];
  if (auth['type'] === 'basic') return missing(auth, 'password', 'is required with basic authentication', 'auth.');
  if (auth['type'] !== 'oauth2') return [];
  const grant = typeof auth['grant'] === 'string' ? auth['grant'] : 'authorization_code';
  const required = ['tenantId', 'clientId', ...(grant === 'authorization_code' ? ['redirectUrl'] : [])];
  const faults = required.flatMap((field) => missing(auth, field, `is required for the ${grant} grant`, 'auth.'));
  return [...faults, ...credentialFaults(auth, grant)];
}

const credentials = ['clientSecret', 'certificate', 'assertion'];

/** An app proves itself in one way; a public client, which anybody can pose as, in none. */
function credentialFaults(auth: Fields, grant: string): Fault[] {
  const [first, ...others] = credentials.filter((field) => auth[field] !== undefined);
  if (grant === 'device_code') {
    const unused = ['redirectUrl', ...credentials].filter((field) => auth[field] !== undefined);
    return unused.map((field) => ({ field: `auth.${field}`, problem: 'is not for the device_code grant' }));
  }
  if (first !== undefined) {
    return others.map((field) => ({ field: `auth.${field}`, problem: `is one too many: there is ${first} already` }));
  }
  return missing(
    auth,
    'clientSecret',
    `is required for the ${grant} grant, or certificate, or assertion, in its place`,
    'auth.',
  );
}

function missing(fields: Fields, field: string, problem: string, prefix = ''): Fault[] {
  if (fields[field] !== undefined) return [];
  const hint = Object.hasOwn(fields, field) ? `; it has no value here: ${useEnv}` : '';
  return [{ field: prefix + field, problem: problem + hint }];
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
