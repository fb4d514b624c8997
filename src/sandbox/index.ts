import type { SandboxOptions } from './sandbox-options.js';
import type { Sandbox } from './start-sandbox.js';

export { connectSandbox, type RemoteSandbox } from './control/connect-sandbox.js';
export { sandboxServer, type SandboxServer, type SandboxServerOptions } from './sandbox-server.js';
export type { Interruptions } from './control/interruptions.js';
export type { SandboxMessage } from './inbox/sandbox-message.js';
export type { SandboxAttachment, SandboxMail } from './message/compose-mail.js';
export type { Faults, TokenFault } from './faults.js';
export type { AppRegistration, FederatedCredential } from './identity/apps/app-registration.js';
export type { Clock } from './identity/clock.js';
export type { SandboxDirectory } from './identity/directory.js';
export type { IdentityChanges } from './identity/identity-changes.js';
export type { RefreshGrant, RevokeOptions, SandboxTokens } from './identity/tokens/issued-tokens.js';
export type { AccessGrant } from './identity/tokens/tokens.js';
export type { SandboxOptions } from './sandbox-options.js';
export type { Sandbox } from './start-sandbox.js';
export type { Account, FolderRole, MailStore, StoredFolder, StoredMessage } from './store/store.js';

/**
 * Starts a sandbox in this process: a local stand-in for Microsoft's sign-in, EWS, Graph, IMAP and SMTP. Its libraries
 * are loaded now, not before: a Playwright config that imports this module does not pay for them.
 * @throws CONFIGURATION where an option or a mail of `seed` is wrong, or `data` can't be used, NETWORK where a port is taken
 */
export async function startSandbox(options?: SandboxOptions): Promise<Sandbox> {
  const implementation = await import('./start-sandbox.js');
  return implementation.startSandbox(options);
}
