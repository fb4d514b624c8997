import type { ConnectionDefinition } from './types.js';

/**
 * Types connection definitions and returns them as they are. Nothing is read, checked or opened here:
 * that happens when a test first uses a connection.
 */
export function defineConnections<const T extends Readonly<Record<string, ConnectionDefinition>>>(definitions: T): T {
  return definitions;
}
