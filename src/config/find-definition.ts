import type { ConnectionDefinition, ConnectionDefinitions } from './types.js';

/** The definition of a connection; nothing where none has this name. */
export function findDefinition(definitions: ConnectionDefinitions, name: string): ConnectionDefinition | undefined {
  return Object.hasOwn(definitions, name) ? definitions[name] : undefined;
}
