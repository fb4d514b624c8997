import { randomBytes } from 'node:crypto';
import { KeptMap, notKept, type RecordsOf } from '../../data/kept-map.js';
import { AadstsError, type FailureDetails } from '../failures/aadsts-error.js';
import type { Clock } from '../clock.js';
import type { Directory } from '../directory.js';
import { SigningKey } from './signing-key.js';
import { guidOf, tenantIdOf } from '../tenant-id.js';
import type { AccessGrant, Tokens } from './tokens.js';

/** What a refresh token stands for. */
export interface RefreshGrant {
  /** The tenant's ID, or a domain of it. */
  readonly tenant: string;
  readonly clientId: string;
  readonly user: string;
  /** All the scopes that were consented to, of whatever resource. */
  readonly scopes: readonly string[];
  /** The user proved a second factor when signing in. @default false */
  readonly mfa?: boolean;
  /** When the user proved who they are, where the app wants to know; in milliseconds since 1970. */
  readonly authenticatedAt?: number;
  /** When it ends, however much it is used, in milliseconds since 1970: those of single-page apps. @default never */
  readonly expiresAt?: number | undefined;
}

export interface RevokeOptions {
  /** Access tokens stop working at once too, as with continuous access evaluation. @default false */
  readonly accessTokens?: boolean;
}

/** What a test can do with the tokens of the sandbox. */
export interface SandboxTokens extends Tokens {
  /** How long access tokens that are issued from now on live, in seconds. */
  accessTokenLifetime: number;
  /** A refresh token without a person signing in. */
  issueRefreshToken(grant: RefreshGrant): string;
  /** The user's refresh tokens are answered with AADSTS50173 from now on; later sign-ins work. */
  revoke(user: string, options?: RevokeOptions): void;
  /** The user's refresh tokens are answered with AADSTS700082 from now on; later sign-ins work. */
  expire(user: string): void;
}

/** An access grant that is about to be given, and by which authority. */
export interface NewAccess extends Omit<AccessGrant, 'expiresAt'> {
  readonly issuer: string;
}

interface HeldRefreshGrant extends RefreshGrant {
  readonly issuedAt: number;
  /** Why using it fails from now on. */
  readonly failure?: { readonly code: number; readonly details?: FailureDetails };
}

interface HeldAccessGrant extends Omit<AccessGrant, 'expiresAt'> {
  /** In milliseconds since 1970. */
  readonly expiresAt: number;
}

/** Access tokens that are remembered before those that have ended are forgotten. */
const sweptAt = 1000;

/** Milliseconds that a refresh token lives without being used. */
const inactivity = 90 * 86_400_000;

/** Milliseconds that one of a single-page app lives, and all that are made from it. */
const singlePageLifetime = 86_400_000;

export interface IssuedTokensOptions {
  readonly clock: Clock;
  readonly directory: Directory;
  /** Seconds. @default 3600 */
  readonly accessTokenLifetime?: number;
  /** Where they outlive the process. @default nowhere */
  readonly records?: RecordsOf;
}

/** Issues the sandbox's tokens and remembers them. */
export class IssuedTokens implements SandboxTokens {
  accessTokenLifetime: number;
  readonly key: SigningKey;
  readonly #clock: Clock;
  readonly #directory: Directory;
  readonly #access: KeptMap<HeldAccessGrant>;
  readonly #refresh: KeptMap<HeldRefreshGrant>;
  #sweptAt = sweptAt;

  constructor({ clock, directory, accessTokenLifetime = 3600, records = notKept }: IssuedTokensOptions) {
    this.key = new SigningKey(records);
    this.#access = new KeptMap(records('accessToken'));
    this.#refresh = new KeptMap(records('refreshToken'));
    this.#clock = clock;
    this.#directory = directory;
    this.accessTokenLifetime = accessTokenLifetime;
    this.#sweep();
    this.#refresh.deleteWhere((grant) => this.#isOver(grant, inactivity));
  }

  /** The time as tokens name it (RFC 7519 section 2, NumericDate). */
  seconds(): number {
    return Math.floor(this.#clock.now() / 1000);
  }

  /** When the refresh tokens end of a user who signs in on a single-page app now. */
  singlePageExpiry(): number {
    return this.#clock.now() + singlePageLifetime;
  }

  verify(accessToken: string): AccessGrant | undefined {
    const grant = this.#access.get(accessToken);
    return grant && grant.expiresAt > this.#clock.now()
      ? { ...grant, expiresAt: new Date(grant.expiresAt) }
      : undefined;
  }

  issueAccessToken({ issuer, ...grant }: NewAccess): string {
    const issuedAt = this.seconds();
    const expiresAt = issuedAt + this.accessTokenLifetime;
    const token = this.key.sign({
      aud: grant.audience,
      iss: issuer,
      iat: issuedAt,
      nbf: issuedAt,
      exp: expiresAt,
      appid: grant.clientId,
      tid: grant.tenant,
      ...(grant.user
        ? { upn: grant.user, oid: guidOf(grant.user), scp: grant.scopes.join(' ') }
        : { oid: guidOf(grant.clientId), idtyp: 'app', roles: grant.roles }),
      uti: randomBytes(16).toString('base64url'),
      ver: '1.0',
    });
    this.#access.set(token, { ...grant, expiresAt: expiresAt * 1000 });
    if (this.#access.size >= this.#sweptAt) this.#sweep();
    return token;
  }

  issueRefreshToken(granted: RefreshGrant): string {
    // That there is one means that this was granted.
    const grant = { ...granted, scopes: [...new Set([...granted.scopes, 'offline_access'])] };
    const token = `1.${randomBytes(96).toString('base64url')}`;
    const user = grant.user.toLowerCase();
    this.#directory.consent(user, grant.clientId, grant.scopes);
    this.#refresh.set(token, { ...grant, tenant: tenantIdOf(grant.tenant, user), user, issuedAt: this.#clock.now() });
    return token;
  }

  /** What a refresh token stands for; it stays valid. @throws AadstsError 9002313, 50173, 700082, 700084 */
  redeem(refreshToken: string): RefreshGrant {
    const grant = this.#refresh.get(refreshToken);
    if (!grant) throw new AadstsError(9002313);
    const issuedAt = new Date(grant.issuedAt).toISOString();
    if (grant.failure) throw new AadstsError(grant.failure.code, { ...grant.failure.details, issuedAt });
    if (this.#isOver(grant)) throw new AadstsError(grant.expiresAt === undefined ? 700082 : 700084, { issuedAt });
    return grant;
  }

  revoke(user: string, options: RevokeOptions = {}): void {
    const validFrom = new Date(this.#clock.now()).toISOString();
    this.#spoil(user, { code: 50173, details: { validFrom } });
    if (options.accessTokens) this.#access.deleteWhere((grant) => grant.user === user.toLowerCase());
  }

  expire(user: string): void {
    this.#spoil(user, { code: 700082 });
  }

  #spoil(user: string, failure: NonNullable<HeldRefreshGrant['failure']>): void {
    for (const [token, grant] of this.#refresh)
      if (grant.user === user.toLowerCase()) this.#refresh.set(token, { ...grant, failure });
  }

  /** Forgets the access tokens that have ended. */
  #sweep(): void {
    const now = this.#clock.now();
    this.#access.deleteWhere(({ expiresAt }) => expiresAt <= now);
    this.#sweptAt = Math.max(sweptAt, 2 * this.#access.size);
  }

  /** Whether it has ended, so many milliseconds ago or more. */
  #isOver({ issuedAt, expiresAt = issuedAt + inactivity }: HeldRefreshGrant, ago = 0): boolean {
    return this.#clock.now() >= expiresAt + ago;
  }
}
