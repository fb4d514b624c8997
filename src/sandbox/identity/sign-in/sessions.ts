import type { Answer } from '../../server/answer.js';
import { KeptMap, type RecordsOf } from '../../data/kept-map.js';
import type { Clock } from '../clock.js';
import type { IdentityRequest } from '../identity-request.js';
import { sessionCookie } from './session-cookie.js';

/** Seconds that a browser keeps a session whose user wants to stay signed in. */
const longLifetime = 90 * 86_400;

/** Browsers whose sessions are kept. */
const maxSessions = 1000;

/** A user who has proved who they are. */
export interface SessionAccount {
  readonly user: string;
  readonly mfa: boolean;
  /** In milliseconds since 1970. */
  readonly authenticatedAt: number;
}

interface Session {
  readonly accounts: readonly SessionAccount[];
  readonly isPersistent: boolean;
}

/** Who is signed in in which browser: they are not asked for their password again. */
export class Sessions {
  readonly #clock: Clock;
  /** By what the browser holds. */
  readonly #byId: KeptMap<Session>;

  constructor(clock: Clock, records: RecordsOf) {
    this.#clock = clock;
    this.#byId = new KeptMap(records('session'));
  }

  now(): number {
    return this.#clock.now();
  }

  accounts({ session }: IdentityRequest): readonly SessionAccount[] {
    return this.#byId.get(session)?.accounts ?? [];
  }

  /** Remembers a user; `stays` says whether beyond the end of the browser. */
  add({ session: id }: IdentityRequest, account: SessionAccount, { stays }: { readonly stays: boolean }): void {
    const { accounts = [], isPersistent = false } = this.#byId.get(id) ?? {};
    const { user, mfa, authenticatedAt } = account;
    const others = accounts.filter((other) => other.user !== user);
    this.#byId.set(id, {
      accounts: [...others, { user, mfa, authenticatedAt }],
      isPersistent: isPersistent || stays,
    });
    this.#byId.limit(maxSessions);
  }

  /** Signs one user out, or all. */
  end({ session: id }: IdentityRequest, user?: string): void {
    const session = this.#byId.get(id);
    if (!session) return;
    const others = session.accounts.filter((account) => user !== undefined && account.user !== user);
    if (others.length === 0) this.#byId.delete(id);
    else this.#byId.set(id, { ...session, accounts: others });
  }

  /** Has the browser hold its session. */
  hold({ session, origin }: IdentityRequest, answer: Answer): Answer {
    // A page's hidden frame is another site's: its cookies have to be for that, which browsers take over TLS alone.
    const site = origin.startsWith('https:') ? 'SameSite=None; Secure' : 'SameSite=Lax';
    const life = this.#byId.get(session)?.isPersistent ? `; Max-Age=${longLifetime}` : '';
    const cookie = `${sessionCookie}=${session}; Path=/; HttpOnly; ${site}${life}`;
    return { ...answer, headers: { ...answer.headers, 'Set-Cookie': cookie } };
  }
}
