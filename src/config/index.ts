export { defineConnections } from './define-connections.js';
export { env } from './env.js';
export { sandboxConnection, type SandboxConnectionOptions } from './sandbox-connection.js';
export type {
  AssertionDefinition,
  AuthDefinition,
  BasicDefinition,
  CertificateDefinition,
  Cloud,
  Grant,
  OAuth2Definition,
} from './auth-types.js';
export type {
  ConnectionDefinition,
  ConnectionDefinitions,
  EwsDefinition,
  GraphDefinition,
  ImapDefinition,
  Security,
  SmtpDefinition,
} from './types.js';
export type { EnvReference, ValueOrEnv } from './value-or-env.js';
