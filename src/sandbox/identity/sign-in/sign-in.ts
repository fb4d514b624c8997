import { randomUUID } from 'node:crypto';
import { htmlAnswer, type Answer } from '../../server/answer.js';
import type { Faults } from '../../faults.js';
import { AadstsError } from '../failures/aadsts-error.js';
import type { Directory } from '../directory.js';
import type { IdentityRequest } from '../identity-request.js';
import { consentLines, scopeOf, type RequestedScopes } from '../tokens/scopes.js';
import {
  accountPage,
  confirmPage,
  consentPage,
  passwordPage,
  pickAccountPage,
  secondFactorPage,
  staySignedInPage,
} from './sign-in-pages.js';
import type { SessionAccount, Sessions } from './sessions.js';
import { takeFault } from '../failures/take-fault.js';
import { takesAccount } from '../tenant-id.js';

export interface SignInRooms {
  readonly directory: Directory;
  readonly faults: Faults;
  /** The password of every user. */
  readonly password: string;
  /** The one-time code of every user who has to prove a second factor. */
  readonly oneTimeCode: string;
  readonly sessions: Sessions;
}

/** What a user is asked to sign in for. */
export interface SignInRequest {
  readonly clientId: string;
  readonly requested: RequestedScopes;
  readonly loginHint?: string;
  /** `organizations` or `consumers`, where the tenant leaves it open. */
  readonly domainHint?: string | undefined;
  /** Whether whoever is signed in already is asked again: for the password, or which of their accounts it is to be. */
  readonly ask?: 'password' | 'account' | undefined;
  /** How long ago a user may have given the password, in seconds. @default however long */
  readonly maxAge?: number | undefined;
  /** Consent is asked for even where it was given. */
  readonly askConsent?: boolean;
  /** The app is on another device: the user has to say that they meant it. */
  readonly onDevice?: boolean;
}

/** A user who has signed in, and allowed what was asked for. */
export type SignedIn = SessionAccount;

/** What follows on the password, in this order; a user meets only those that apply. */
const steps = ['secondFactor', 'staySignedIn', 'confirm', 'consent'] as const;
type Step = (typeof steps)[number];

/** A user on the way: the right password was given. */
interface Visit extends SignedIn {
  readonly step: Step;
}

/** What the tile for an account that is not listed sends. */
const otherAccount = 'other';

/** Signs users in, page by page: account, password, second factor, "Stay signed in?", consent. */
export class SignIn {
  readonly #rooms: SignInRooms;
  /** By the token that the page carries. */
  readonly #visits = new Map<string, Visit>();

  constructor(rooms: SignInRooms) {
    this.#rooms = rooms;
  }

  /**
   * The page that follows on what the user has just filled in, or who has signed in.
   * @throws AadstsError 50057, 65004, and what the fault `signIn` asks for
   */
  next(wanted: SignInRequest, request: IdentityRequest): Answer | SignedIn {
    const { form } = request;
    const flowToken = form.get('flowToken') ?? '';
    const visit = this.#visits.get(flowToken);
    if (!visit) return form.has('loginfmt') ? this.#identify(wanted, request) : this.#begin(wanted, request);
    this.#visits.delete(flowToken);
    if (form.get('decision') === 'cancel') throw new AadstsError(65004);
    if (visit.step === 'secondFactor' && form.get('otc')?.trim() !== this.#rooms.oneTimeCode)
      return this.#show(wanted, visit, { failed: true });
    if (visit.step === 'staySignedIn')
      this.#rooms.sessions.add(request, visit, { stays: form.get('LoginOptions') === '1' });
    return this.#advance(wanted, { ...visit, mfa: visit.mfa || visit.step === 'secondFactor' }, visit.step);
  }

  /**
   * Who is signed in already, without asking them anything.
   * @throws AadstsError 50058, 16000, 50076, 65001, 50057
   */
  silent(wanted: SignInRequest, request: IdentityRequest): SignedIn {
    const { directory } = this.#rooms;
    const accounts = this.#accounts(wanted, request);
    const account = this.#known(wanted, accounts);
    if (!account) throw new AadstsError(accounts.length > 1 && !wanted.loginHint ? 16000 : 50058);
    directory.checkEnabled(account.user);
    if (directory.requiresMfa(account.user) && !account.mfa)
      throw new AadstsError(50076, { resource: 'Microsoft Graph' });
    const consented = directory.consents(account.user, wanted.clientId);
    if (!scopesOf(wanted).every((scope) => consented.has(scope))) throw new AadstsError(65001);
    return account;
  }

  /** The session's accounts that may sign in here. */
  #accounts({ domainHint, maxAge = Infinity }: SignInRequest, request: IdentityRequest): SessionAccount[] {
    const { sessions } = this.#rooms;
    const since = sessions.now() - maxAge * 1000;
    return sessions
      .accounts(request)
      .filter(
        ({ user, authenticatedAt }) => authenticatedAt >= since && takesAccount(tenantFor(request, domainHint), user),
      );
  }

  /** The one that is meant, where that is plain. */
  #known({ loginHint = '' }: SignInRequest, accounts: readonly SessionAccount[]): SessionAccount | undefined {
    const hinted = accounts.find(({ user }) => user === loginHint.toLowerCase());
    return loginHint === '' && accounts.length === 1 ? accounts[0] : hinted;
  }

  /** The first page; none where it is plain who it is. */
  #begin(wanted: SignInRequest, request: IdentityRequest): Answer | SignedIn {
    const { loginHint = '', ask } = wanted;
    const chosen = request.form.get('account');
    if (chosen === otherAccount) return htmlAnswer(accountPage(''));
    const accounts = ask === 'password' ? [] : this.#accounts(wanted, request);
    const picked = accounts.find(({ user }) => user === chosen);
    const account = picked ?? (ask === 'account' ? undefined : this.#known(wanted, accounts));
    if (account) return this.#welcome(wanted, account);
    if (accounts.length > 0 && (ask === 'account' || !loginHint))
      return htmlAnswer(
        pickAccountPage(
          accounts.map(({ user }) => user),
          otherAccount,
        ),
      );
    const isAddress = /^[^\s@]+@[^\s@]+$/.test(loginHint);
    return htmlAnswer(isAddress ? passwordPage(loginHint.toLowerCase(), { failed: false }) : accountPage(loginHint));
  }

  /** @throws AadstsError 50057 */
  #welcome(wanted: SignInRequest, account: SessionAccount): Answer | SignedIn {
    this.#rooms.directory.checkEnabled(account.user);
    return this.#advance(wanted, account, undefined, { isKnown: true });
  }

  #identify(wanted: SignInRequest, request: IdentityRequest): Answer | SignedIn {
    const { form } = request;
    const user = form.get('loginfmt')?.trim().toLowerCase();
    const tenant = tenantFor(request, wanted.domainHint);
    if (!user) return htmlAnswer(accountPage(''));
    if (!takesAccount(tenant, user)) return htmlAnswer(accountPage(user, { refusedBy: tenant }));
    const password = form.get('passwd');
    if (password !== this.#rooms.password) return htmlAnswer(passwordPage(user, { failed: password !== null }));
    this.#rooms.directory.checkEnabled(user);
    takeFault(this.#rooms.faults, 'signIn');
    return this.#advance(wanted, { user, mfa: false, authenticatedAt: this.#rooms.sessions.now() });
  }

  #advance(wanted: SignInRequest, signedIn: SignedIn, done?: Step, { isKnown = false } = {}): Answer | SignedIn {
    const { user, mfa, authenticatedAt } = signedIn;
    const { directory } = this.#rooms;
    if (done === 'consent') directory.consent(user, wanted.clientId, scopesOf(wanted));
    const consented = directory.consents(user, wanted.clientId);
    const applies: Readonly<Record<Step, boolean>> = {
      secondFactor: directory.requiresMfa(user) && !mfa,
      staySignedIn: !isKnown,
      confirm: wanted.onDevice ?? false,
      consent: Boolean(wanted.askConsent) || !scopesOf(wanted).every((scope) => consented.has(scope)),
    };
    const step = steps.slice(done ? steps.indexOf(done) + 1 : 0).find((each) => applies[each]);
    return step ? this.#show(wanted, { ...signedIn, step }) : { user, mfa, authenticatedAt };
  }

  #show({ clientId, requested }: SignInRequest, visit: Visit, { failed = false } = {}): Answer {
    const flowToken = randomUUID();
    this.#visits.set(flowToken, visit);
    const { user, step } = visit;
    const pages: Readonly<Record<Step, () => string>> = {
      secondFactor: () => secondFactorPage({ user, flowToken, failed }),
      staySignedIn: () => staySignedInPage({ user, flowToken }),
      confirm: () => confirmPage({ user, flowToken, clientId }),
      consent: () => consentPage({ user, flowToken, clientId, permissions: consentLines(requested) }),
    };
    return htmlAnswer(pages[step]());
  }
}

/** `common` is narrowed by the hint to accounts of work, or to personal ones. */
function tenantFor({ tenant }: IdentityRequest, domainHint: string | undefined): string {
  return tenant === 'common' && (domainHint === 'organizations' || domainHint === 'consumers') ? domainHint : tenant;
}

function scopesOf({ requested }: SignInRequest): string[] {
  return [...requested.openId, ...requested.permissions.map(scopeOf)];
}
