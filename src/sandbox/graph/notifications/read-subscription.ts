import { randomUUID } from 'node:crypto';
import { tenantIdOf } from '../../identity/tenant-id.js';
import type { ChangeType } from '../delta/delta-query.js';
import type { TenantContext } from '../context.js';
import { GraphError } from '../graph-error.js';
import { preferences, readJson } from '../graph-request.js';
import { isLoopbackUrl } from '../../server/is-loopback-url.js';
import { readWatched } from './read-watched.js';
import { creatorOf, type Subscription } from './subscription.js';

const minute = 60_000;
/** https://learn.microsoft.com/graph/api/resources/subscription#subscription-lifetime */
const longest = 4230 * minute;
/** What is meant to end sooner lives as long as this. */
const shortest = 45 * minute;
const maxClientState = 128;

/** Reads what is to be subscribed to. @throws GraphError with what is wrong */
export function readSubscription(context: TenantContext): Subscription {
  const { request, grant } = context;
  const json = readJson(request);
  for (const name of ['changeType', 'notificationUrl', 'resource', 'expirationDateTime'])
    if (typeof json[name] !== 'string') throw invalid(`${name} is a required property for subscription creation`);
  if (json['includeResourceData'] === true)
    throw new GraphError(501, 'NotImplemented', { message: "The sandbox's notifications have no resource data." });
  const clientState = typeof json['clientState'] === 'string' ? json['clientState'] : null;
  if (clientState !== null && clientState.length > maxClientState)
    throw invalid(`clientState has to be at most ${maxClientState} characters long.`);
  const lifecycleUrl = json['lifecycleNotificationUrl'];
  const tls = json['latestSupportedTlsVersion'];
  return {
    id: randomUUID(),
    resource: String(json['resource']),
    changeTypes: readChangeTypes(String(json['changeType'])),
    clientState,
    notificationUrl: readEndpoint(json['notificationUrl']),
    lifecycleNotificationUrl: lifecycleUrl === undefined || lifecycleUrl === null ? null : readEndpoint(lifecycleUrl),
    latestSupportedTlsVersion: typeof tls === 'string' ? tls : 'v1_2',
    applicationId: grant.clientId,
    creatorId: creatorOf(grant),
    tenantId: tenantIdOf(grant.tenant, grant.user),
    expiresAt: readExpiry(json['expirationDateTime']),
    idType: preferences(request).get('idtype')?.toLowerCase() === 'immutableid' ? 'immutable' : 'ordinary',
    watched: readWatched(String(json['resource']), context),
  };
}

/** @throws GraphError ExtensionError, InvalidRequest */
export function readExpiry(text: unknown): Date {
  const at = typeof text === 'string' ? Date.parse(text) : NaN;
  if (Number.isNaN(at)) throw invalid('expirationDateTime is a required property for subscription creation');
  const lifetime = at - Date.now();
  if (lifetime <= 0) throw invalid('Subscription expiration has to be in the future.');
  if (lifetime <= longest) return new Date(Math.max(at, Date.now() + shortest));
  const message = `Subscription expiration can only be ${longest / minute} minutes in the future.`;
  throw new GraphError(400, 'ExtensionError', { message });
}

/** An endpoint of this machine, where Graph wants one that it reaches by HTTPS. @throws GraphError InvalidRequest */
export function readEndpoint(url: unknown): string {
  if (typeof url === 'string' && isLoopbackUrl(url)) return url;
  throw invalid('The sandbox notifies endpoints of this machine only: http://127.0.0.1:3000/notifications, for one.');
}

function readChangeTypes(text: string): ReadonlySet<ChangeType> {
  const types = text.split(',').map((type) => type.trim().toLowerCase());
  const wrong = types.find((type) => !['created', 'updated', 'deleted'].includes(type));
  if (wrong !== undefined) throw invalid(`The changeType '${wrong}' is none of created, updated, deleted.`);
  return new Set(types as ChangeType[]);
}

export function invalid(message: string): GraphError {
  return new GraphError(400, 'InvalidRequest', { message });
}
