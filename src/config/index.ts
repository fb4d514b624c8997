export { defineConnections } from './define-connections.js';
export { env } from './env.js';
export { sandboxConnection, type SandboxConnectionOptions } from './sandbox-connection.js';
export type {
  AuthDefinition,
  BasicDefinition,
  Cloud,
  ConnectionDefinition,
  ConnectionDefinitions,
  EnvReference,
  EwsDefinition,
  OAuth2Definition,
  Value,
} from './types.js';
