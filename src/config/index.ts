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
  ImapDefinition,
  OAuth2Definition,
  Security,
  SmtpDefinition,
  Value,
} from './types.js';
