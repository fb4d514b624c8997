import type { Answer } from '../../server/answer.js';
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
  readonly accounts: Map<string, SessionAccount>;
  isPersistent: boolean;
}

/** Who is signed in in which browser: they are not asked for their password again. */
export class Sessions {
  readonly #clock: Clock;
  /** By what the browser holds. */
  readonly #byId = new Map<string, Session>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  now(): number {
    return this.#clock.now();
  }

  accounts({ session }: IdentityRequest): SessionAccount[] {
    return [...(this.#byId.get(session)?.accounts.values() ?? [])];
  }

  /** Remembers a user; `stays` says whether beyond the end of the browser. */
  add({ session: id }: IdentityRequest, account: SessionAccount, { stays }: { readonly stays: boolean }): void {
    const session = this.#byId.get(id) ?? { accounts: new Map<string, SessionAccount>(), isPersistent: false };
    session.accounts.set(account.user, account);
    session.isPersistent ||= stays;
    this.#byId.set(id, session);
    if (this.#byId.size > maxSessions) this.#byId.delete(this.#byId.keys().next().value!);
  }

  /** Signs one user out, or all. */
  end({ session }: IdentityRequest, user?: string): void {
    if (user === undefined) this.#byId.delete(session);
    else this.#byId.get(session)?.accounts.delete(user);
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
