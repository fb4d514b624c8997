import { findDefinition } from '../config/find-definition.js';
import type { ConnectionDefinitions } from '../config/types.js';
import { UsageError } from './command.js';

/** The connection of a name; without one, all. @throws UsageError where there is none of that name */
export function chooseConnections(definitions: ConnectionDefinitions, name: string | undefined): ConnectionDefinitions {
  if (name === undefined) return definitions;
  const definition = findDefinition(definitions, name);
  if (definition) return { [name]: definition };
  throw new UsageError(`there is no connection '${name}', but ${Object.keys(definitions).join(', ')}`);
}
