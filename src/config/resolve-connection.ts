import { readFile } from 'node:fs/promises';
import { ExchangeError } from '../errors.js';
import type { CheckedOAuth2 } from './auth-schema.js';
import { resolveCloud, type ResolvedCloud } from './clouds.js';
import { defaultScopes } from './default-scopes.js';
import type { Environment } from './environment.js';
import type { Fault } from './fault.js';
import { findFaults } from './find-faults.js';
import type { ClientCredential, ResolvedAuth, ResolvedConnection, ResolvedOAuth2 } from './resolved.js';
import { resolveGraph } from './resolve-graph.js';
import { imapHost, resolveImap } from './resolve-imap.js';
import { isSandboxVariable, sandboxAdvice } from './sandbox-connection.js';
import type { CheckedDefinition, CheckedEws } from './schema.js';

const retiredType = 'online-exchange-account';

/**
 * Reads a definition's variables, applies its defaults and checks it as a whole.
 * @throws CONFIGURATION with all its faults at once
 */
export async function resolveConnection(
  name: string,
  definition: unknown,
  environment: Environment,
): Promise<ResolvedConnection> {
  if (isRetired(definition)) throw retiredTypeError(name);
  const { checked, faults } = findFaults(definition, environment);
  if (!checked) throw faultyDefinition(name, faults);
  return complete(name, checked);
}

async function complete(name: string, definition: CheckedDefinition): Promise<ResolvedConnection> {
  const cloud = resolveCloud(definition.auth.type === 'oauth2' ? definition.auth.cloud : 'global')!;
  const account = {
    name,
    user: definition.user,
    mailbox: definition.mailbox,
    auth: resolveAuth(definition, cloud),
    cloud,
    proxy: definition.proxy,
    ca: await Promise.all((definition.tls?.ca ?? []).map((entry) => readAuthority(name, entry))),
  };
  if (definition.protocol === 'ews') return { ...account, ...resolveEws(definition, cloud), protocol: 'ews' };
  if (definition.protocol === 'graph') {
    const auth = resolveOAuth2(definition.auth, definition, cloud);
    return { ...account, ...resolveGraph(definition, cloud), auth, protocol: 'graph' };
  }
  const { imap, smtp } = resolveImap(definition, cloud);
  const addressing = definition.addressing ?? (imap.host === imapHost(cloud) ? 'plus' : 'plain');
  return { ...account, protocol: 'imap', imap, smtp, addressing };
}

function resolveEws(definition: CheckedEws, cloud: ResolvedCloud): { host: string; addressing: string } {
  const host = definition.host ?? cloud.exchange;
  return {
    host: host === 'autodiscover' ? host : serviceUrl(host),
    addressing: definition.addressing ?? defaultAddressing(definition, host, cloud),
  };
}

function resolveAuth(definition: CheckedDefinition, cloud: ResolvedCloud): ResolvedAuth {
  const { auth, user, mailbox } = definition;
  if (auth.type === 'oauth2') return resolveOAuth2(auth, definition, cloud);
  return { type: 'basic', username: auth.username ?? user ?? mailbox ?? '', password: auth.password ?? '' };
}

function resolveOAuth2(auth: CheckedOAuth2, definition: CheckedDefinition, cloud: ResolvedCloud): ResolvedOAuth2 {
  return {
    type: 'oauth2',
    grant: auth.grant,
    tenantId: auth.tenantId ?? '',
    clientId: auth.clientId ?? '',
    credential: resolveCredential(auth),
    redirectUrl: auth.redirectUrl,
    scopes: auth.scopes ?? defaultScopes(definition, auth.grant, cloud),
  };
}

function resolveCredential({ clientSecret, certificate, assertion }: CheckedOAuth2): ClientCredential | undefined {
  if (certificate) return { type: 'certificate', ...certificate };
  if (assertion) return { type: 'assertion', source: assertion };
  return clientSecret === undefined ? undefined : { type: 'secret', secret: clientSecret };
}

/** A bare host gets the path every Exchange server has its EWS at; a URL with a path stays as it is. */
function serviceUrl(host: string): string {
  const url = new URL(host.includes('://') ? host : `https://${host}`);
  if (url.pathname === '/') url.pathname = '/EWS/Exchange.asmx';
  return url.href;
}

/** Exchange Online has plus addresses by default; what another server has is not known. */
function defaultAddressing(definition: CheckedEws, host: string, cloud: ResolvedCloud): string {
  if (host === 'autodiscover') return definition.auth.type === 'oauth2' ? 'plus' : 'plain';
  return new URL(serviceUrl(host)).origin === cloud.exchange ? 'plus' : 'plain';
}

async function readAuthority(connection: string, entry: string): Promise<string> {
  if (entry.includes('-----BEGIN')) return entry;
  try {
    return await readFile(entry, 'utf8');
  } catch (cause) {
    const problem = `the file ${entry} can't be read`;
    throw new ExchangeError('CONFIGURATION', summary(connection, 1), { cause, advice: [`tls.ca: ${problem}`] });
  }
}

/** One error for all of them. */
export function faultyDefinition(name: string, faults: readonly Fault[]): ExchangeError {
  const problems = faults.map(({ field, problem }) => `${field}: ${problem}`);
  const lacksSandbox = faults.every(({ variable = '' }) => isSandboxVariable(variable));
  if (!lacksSandbox) return new ExchangeError('CONFIGURATION', summary(name, faults.length), { advice: problems });
  const notRunning = `The connection "${name}" can't be opened: its sandbox does not run.`;
  return new ExchangeError('CONFIGURATION', notRunning, { advice: [sandboxAdvice, ...problems] });
}

function summary(name: string, count: number): string {
  return `The connection "${name}" can't be opened: its definition has ${count === 1 ? 'a fault' : `${count} faults`}.`;
}

function isRetired(definition: unknown): boolean {
  if (typeof definition !== 'object' || definition === null) return false;
  return ['protocol', 'type'].some((key) => (definition as Record<string, unknown>)[key] === retiredType);
}

function retiredTypeError(name: string): ExchangeError {
  return new ExchangeError(
    'CONFIGURATION',
    `The connection "${name}" can't be opened: its type '${retiredType}' signs in with a user's password, ` +
      `which Exchange Online no longer accepts.`,
    {
      advice: [
        `Set protocol: 'ews' and auth: { type: 'oauth2', tenantId, clientId, clientSecret, redirectUrl }.`,
        `The values are those of an app registration: npx playwright-exchange app-registration says how to make one.`,
      ],
    },
  );
}
