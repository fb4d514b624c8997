import type { EnvReference, EwsDefinition } from './types.js';

export interface SandboxConnectionOptions {
  /** The protocol to speak to the sandbox. */
  readonly protocol: 'ews';
  /** The account; any address will do, the sandbox makes its mailbox. @default 'qa@contoso.com' */
  readonly user?: string;
  /**
   * Where the sandbox listens.
   * @default the variable `PLAYWRIGHT_EXCHANGE_SANDBOX`, which `sandboxServer()` sets
   */
  readonly url?: `http://${string}`;
}

/** The definition that finds the sandbox: a complete connection that no person has to sign in for. */
export function sandboxConnection(options: SandboxConnectionOptions): EwsDefinition {
  const url: `http://${string}` | EnvReference = options.url ?? { env: 'PLAYWRIGHT_EXCHANGE_SANDBOX' };
  return {
    protocol: options.protocol,
    host: url,
    user: options.user ?? 'qa@contoso.com',
    addressing: 'plus',
    proxy: 'none',
    auth: {
      type: 'oauth2',
      grant: 'client_credentials',
      tenantId: 'contoso.com',
      clientId: 'sandbox',
      clientSecret: 'sandbox',
      cloud: url,
    },
  };
}
