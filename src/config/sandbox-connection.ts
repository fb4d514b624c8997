import type { OAuth2Definition } from './auth-types.js';
import type { ConnectionDefinition, EwsDefinition, GraphDefinition, ImapDefinition } from './types.js';
import type { Environment } from './environment.js';
import type { EnvReference } from './value-or-env.js';

export interface SandboxConnectionOptions {
  /** The protocol to speak to the sandbox. */
  readonly protocol: 'ews' | 'imap' | 'graph';
  /** The account; any address will do, the sandbox makes its mailbox. @default 'qa@contoso.com' */
  readonly user?: string;
  /**
   * Where the sandbox listens for HTTP.
   * @default the variable `PLAYWRIGHT_EXCHANGE_SANDBOX`, which `sandboxServer()` sets
   */
  readonly url?: `http://${string}`;
  /**
   * The variables by which the sandbox is found: the `env` of a sandbox that was started in this process.
   * @default the environment's, which `sandboxServer()` sets
   */
  readonly env?: Readonly<Record<string, string>>;
}

/** Where a process is told of the sandbox that it is to use. */
const variables = {
  http: 'PLAYWRIGHT_EXCHANGE_SANDBOX',
  imap: 'PLAYWRIGHT_EXCHANGE_SANDBOX_IMAP',
  smtp: 'PLAYWRIGHT_EXCHANGE_SANDBOX_SMTP',
};

/** The definition that finds the sandbox: a complete connection that no person has to sign in for. */
export function sandboxConnection(options: SandboxConnectionOptions & { readonly protocol: 'ews' }): EwsDefinition;
export function sandboxConnection(options: SandboxConnectionOptions & { readonly protocol: 'imap' }): ImapDefinition;
export function sandboxConnection(options: SandboxConnectionOptions & { readonly protocol: 'graph' }): GraphDefinition;
export function sandboxConnection(options: SandboxConnectionOptions): ConnectionDefinition;
export function sandboxConnection(options: SandboxConnectionOptions): ConnectionDefinition {
  const { protocol, user = 'qa@contoso.com', env } = options;
  const url = (options.url ?? address(variables.http, env)) as `http://${string}` | EnvReference;
  const account = { user, addressing: 'plus', proxy: 'none', auth: sandboxApp(url) } as const;
  if (protocol === 'graph') return { protocol, ...account };
  if (protocol === 'ews') return { protocol, host: url, ...account };
  return {
    protocol,
    host: address(variables.imap, env),
    security: 'none',
    smtp: { host: address(variables.smtp, env), security: 'none' },
    ...account,
  };
}

/** What to do where the sandbox is not there. */
export const sandboxAdvice =
  'Add sandboxServer() to webServer in the Playwright config, or start "npx playwright-exchange sandbox" and set the variables that it prints.';

export function isSandboxVariable(name: string): boolean {
  return Object.values(variables).includes(name);
}

/** Where the sandbox of a connection is; nothing where the connection is for another server. */
export function sandboxUrlOf({ auth }: ConnectionDefinition, environment: Environment): string | undefined {
  const cloud = auth.type === 'oauth2' ? auth.cloud : undefined;
  if (typeof cloud === 'string') return cloud.startsWith('http:') ? cloud : undefined;
  return cloud?.env === variables.http ? environment[variables.http] : undefined;
}

function address(variable: string, env: SandboxConnectionOptions['env']): string | EnvReference {
  return env?.[variable] ?? { env: variable };
}

function sandboxApp(cloud: `http://${string}` | EnvReference): OAuth2Definition {
  return {
    type: 'oauth2',
    grant: 'client_credentials',
    tenantId: 'contoso.com',
    clientId: 'sandbox',
    clientSecret: 'sandbox',
    cloud,
  };
}
