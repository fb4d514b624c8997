import { checkTokenVariables } from '../auth/store/token-variable.js';
import type { Environment } from '../config/environment.js';
import type { Fault } from '../config/fault.js';
import { findFaults } from '../config/find-faults.js';
import type { ResolvedConnection } from '../config/resolved.js';
import { faultyDefinition, resolveConnection } from '../config/resolve-connection.js';
import type { ConnectionDefinitions } from '../config/types.js';
import { variablesOf } from '../config/substitute.js';
import type { Finding } from './leg.js';

/** A definition whose own faults are ruled out: resolved, or what its variables lack. */
export type Inspected = { readonly connection: ResolvedConnection } | { readonly unset: readonly Fault[] };

/** What can be said of a definition whatever its variables hold. @throws CONFIGURATION */
export async function checkDefinition(
  name: string,
  definitions: ConnectionDefinitions,
  environment: Environment,
): Promise<Finding<Inspected>> {
  const definition = definitions[name]!;
  const { faults } = findFaults(definition, environment);
  const unset = faults.filter(({ variable }) => variable !== undefined);
  const own = faults.filter(({ variable }) => variable === undefined);
  if (unset.length > 0 && own.length > 0) throw faultyDefinition(name, own);
  const value = unset.length > 0 ? { unset } : { connection: await resolveConnection(name, definition, environment) };
  const { protocol, auth, user } = definition;
  const grant = auth.type === 'oauth2' ? (auth.grant ?? 'authorization_code') : undefined;
  return {
    detail: [protocol, auth.type, grant].filter(Boolean).join(', '),
    facts: { protocol, auth: auth.type, grant, ...(typeof user === 'string' && { user }) },
    value,
  };
}

/** @throws CONFIGURATION where one is not set, or carries the tokens of two connections */
export async function checkVariables(
  name: string,
  definitions: ConnectionDefinitions,
  inspected: Inspected,
): Promise<Finding<ResolvedConnection>> {
  if ('unset' in inspected) throw faultyDefinition(name, inspected.unset);
  checkTokenVariables(definitions);
  const names = variablesOf(definitions[name]);
  return { detail: names.join(', ') || 'none', facts: { names }, value: inspected.connection };
}
