import { ExchangeError } from '../errors.js';
import type { AppRegistration } from './identity/apps/app-registration.js';
import { isLoopbackUrl } from './server/is-loopback-url.js';
import { longestDelay } from './server/hold-back.js';
import { isAppRegistration } from './identity/apps/check-app.js';

export interface SandboxOptions {
  /** The port for HTTP: sign-in, EWS and Graph. @default 0, a free one */
  readonly port?: number;
  /** The port for SMTP. @default 0, a free one */
  readonly smtpPort?: number;
  /** The port for IMAP, plain and with STARTTLS. @default 0, a free one */
  readonly imapPort?: number;
  /** The port for IMAP over TLS. @default 0, a free one */
  readonly imapTlsPort?: number;
  /**
   * Names that it is reached by besides `localhost` and addresses: a container's `host.docker.internal`, what a reverse
   * proxy passes on as `Host`. Requests for others are refused: they come from web pages that were led here.
   * @default none
   */
  readonly hosts?: readonly string[];
  /**
   * Be an HTTP proxy too, for programs that know Microsoft's hosts alone: tunnels to login.microsoftonline.com,
   * graph.microsoft.com, outlook.office365.com, smtp.office365.com and the like end in the sandbox, whose certificate is for them
   * too; others are refused, and nothing is passed on.
   * @default false
   */
  readonly proxy?: boolean;
  /** The password of every user. @default 'secret' */
  readonly password?: string;
  /** The one-time code of every user who has to prove a second factor. @default '123456' */
  readonly oneTimeCode?: string;
  /** App registrations besides `sandbox` (secret `sandbox`), `sandbox-public` (no secret) and `sandbox-spa` (single-page), or in place of them. */
  readonly apps?: readonly AppRegistration[];
  /** How long access tokens live, in seconds. @default 3600 */
  readonly accessTokenLifetime?: number;
  /** Take mail over SMTP from authenticated clients only. @default false, as a relay for development does */
  readonly requireSmtpAuth?: boolean;
  /** How often a streaming EWS connection that has nothing to say says so, in milliseconds. @default 45000, as Exchange */
  readonly heartbeatInterval?: number;
  /**
   * How IMAP and SMTP present themselves. `'exchange'` is as outlook.office365.com and smtp.office365.com do: their
   * greetings, capabilities and folder attributes; with `requireSmtpAuth`, a client also has to encrypt (STARTTLS) to be
   * offered AUTH, and has no PLAIN. `'generic'` is another server of these standards: OAUTHBEARER, SPECIAL-USE, keywords,
   * the reason why a token is refused.
   * @default 'exchange'
   */
  readonly mailServer?: 'exchange' | 'generic';
  /**
   * A folder with `.eml` files that are in the mailboxes from the start: those in `qa@contoso.com/Sent Items` in that folder
   * of that mailbox, those in `qa@contoso.com` in its inbox, those on top in the inboxes of whom they name.
   * @default none
   */
  readonly seed?: string;
  /**
   * A folder in which the mailboxes outlive the sandbox, with all ids and numbers; made where it is not there. Then `seed`
   * is for a new one alone.
   * @default none: they are in memory
   */
  readonly data?: string;
  /** A URL on this machine that is told of every delivery, by a `POST` of JSON. @default none */
  readonly webhook?: string;
}

/** {@link SandboxOptions} with nothing left open; what is empty is not wanted. */
export type ResolvedSandboxOptions = Required<SandboxOptions>;

const defaults: ResolvedSandboxOptions = {
  port: 0,
  smtpPort: 0,
  imapPort: 0,
  imapTlsPort: 0,
  hosts: [],
  proxy: false,
  password: 'secret',
  oneTimeCode: '123456',
  apps: [],
  accessTokenLifetime: 3600,
  requireSmtpAuth: false,
  heartbeatInterval: 45_000,
  mailServer: 'exchange',
  seed: '',
  data: '',
  webhook: '',
};

type Check = readonly [wanted: string, holds: (value: unknown) => boolean];

const port: Check = ['a whole number from 0 to 65535', (value) => isWhole(value) && value <= 65_535];

const text: Check = ['a text that is not empty', isText];

const trueOrFalse: Check = ['true or false', (value) => typeof value === 'boolean'];

const checks: Readonly<Record<keyof SandboxOptions, Check>> = {
  port,
  smtpPort: port,
  imapPort: port,
  imapTlsPort: port,
  hosts: [
    'a list of host names in lower case, without ports',
    (value) => Array.isArray(value) && value.every(isHostName),
  ],
  proxy: trueOrFalse,
  password: text,
  oneTimeCode: text,
  apps: [
    'a list of { clientId, clientSecret?, secretExpired?, certificates?, federatedCredentials?, publicClient?, redirectUrls?, platform? }',
    (value) => Array.isArray(value) && value.every(isAppRegistration),
  ],
  accessTokenLifetime: ['a number of seconds, 0 or more', isWhole],
  requireSmtpAuth: trueOrFalse,
  heartbeatInterval: [
    `a number of milliseconds from 1 to ${longestDelay}`,
    (value) => isWhole(value) && value > 0 && value <= longestDelay,
  ],
  mailServer: ["'exchange' or 'generic'", (value) => value === 'exchange' || value === 'generic'],
  seed: text,
  data: text,
  webhook: ['a URL of this machine, such as http://127.0.0.1:3000/mail', isLoopbackUrl],
};

/** Applies the defaults. @throws CONFIGURATION with all that is wrong */
export function resolveSandboxOptions(options: SandboxOptions): ResolvedSandboxOptions {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  const faults = given.flatMap(([name, value]) => faultOf(name, value) ?? []);
  if (faults.length) throw new ExchangeError('CONFIGURATION', 'The sandbox cannot start.', { advice: faults });
  return { ...defaults, ...Object.fromEntries(given) };
}

function faultOf(name: string, value: unknown): string | undefined {
  if (!Object.hasOwn(checks, name)) return `There is no option '${name}'; there are ${Object.keys(checks).join(', ')}.`;
  const [wanted, holds] = checks[name as keyof SandboxOptions];
  return holds(value) ? undefined : `The option '${name}' has to be ${wanted}.`;
}

function isWhole(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0;
}

/** As `Host` has it, where URLs are read: in lower case. */
function isHostName(value: unknown): boolean {
  return typeof value === 'string' && URL.canParse(`http://${value}`) && new URL(`http://${value}`).host === value;
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}
