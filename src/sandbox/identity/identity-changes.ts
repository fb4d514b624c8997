import type { Clock } from './clock.js';
import type { SandboxDirectory } from './directory.js';
import type { SandboxTokens } from './tokens/issued-tokens.js';

/**
 * What happens to users, apps and tokens, as data: for programs other than the one that started the sandbox.
 * Each field is the method of its name of `directory`, `tokens` or `clock`; a user is an address.
 */
export interface IdentityChanges {
  /** `accessTokens`: access tokens stop working at once too. */
  readonly revoke?: string | { readonly user: string; readonly accessTokens?: boolean };
  readonly expire?: string;
  readonly disable?: string;
  readonly enable?: string;
  readonly requireMfa?: string;
  readonly withdrawConsent?: string;
  readonly changeSecret?: { readonly clientId: string; readonly clientSecret: string };
  /** The client ID of an app. */
  readonly expireSecret?: string;
  /** Milliseconds. */
  readonly advance?: number;
}

export interface IdentityRooms {
  readonly clock: Clock;
  readonly directory: SandboxDirectory;
  readonly tokens: SandboxTokens;
}

type Change = (rooms: IdentityRooms, value: unknown) => void;

const changes: Readonly<Record<keyof IdentityChanges, Change>> = {
  revoke: ({ tokens }, value) => {
    const { user, accessTokens } = typeof value === 'object' ? record(value) : { user: value };
    tokens.revoke(text(user), { accessTokens: accessTokens === true });
  },
  expire: ({ tokens }, value) => tokens.expire(text(value)),
  disable: ({ directory }, value) => directory.disable(text(value)),
  enable: ({ directory }, value) => directory.enable(text(value)),
  requireMfa: ({ directory }, value) => directory.requireMfa(text(value)),
  withdrawConsent: ({ directory }, value) => directory.withdrawConsent(text(value)),
  changeSecret: ({ directory }, value) => {
    const { clientId, clientSecret } = record(value);
    directory.changeSecret(text(clientId), text(clientSecret));
  },
  expireSecret: ({ directory }, value) => directory.expireSecret(text(value)),
  advance: ({ clock }, value) => clock.advance(positive(value)),
};

/** What `changeIdentity` knows. */
export const identityChangeNames: readonly string[] = Object.keys(changes);

/** Makes the changes in the order in which they are named. @throws TypeError with what is wrong */
export function applyIdentityChanges(rooms: IdentityRooms, json: unknown): void {
  for (const [name, value] of Object.entries(record(json))) {
    if (!isChange(name)) throw new TypeError(`identity: '${name}' is none of ${identityChangeNames.join(', ')}`);
    try {
      changes[name](rooms, value);
    } catch (error) {
      throw error instanceof TypeError ? new TypeError(`identity: '${name}': ${error.message}`) : error;
    }
  }
}

function isChange(name: string): name is keyof IdentityChanges {
  return Object.hasOwn(changes, name);
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) throw new TypeError('an object is wanted');
  return value as Readonly<Record<string, unknown>>;
}

function text(value: unknown): string {
  if (typeof value !== 'string' || value === '') throw new TypeError('a text is wanted');
  return value;
}

function positive(value: unknown): number {
  if (typeof value !== 'number' || !(value >= 0)) throw new TypeError('a number of milliseconds is wanted');
  return value;
}
