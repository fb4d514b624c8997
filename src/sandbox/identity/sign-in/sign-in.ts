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
  secondFactorPage,
  staySignedInPage,
} from './sign-in-pages.js';
import { takeFault } from '../failures/take-fault.js';
import { takesAccount } from '../tenant-id.js';

export interface SignInRooms {
  readonly directory: Directory;
  readonly faults: Faults;
  /** The password of every user. */
  readonly password: string;
  /** The one-time code of every user who has to prove a second factor. */
  readonly oneTimeCode: string;
}

/** What a user is asked to sign in for. */
export interface SignInRequest {
  readonly clientId: string;
  readonly requested: RequestedScopes;
  readonly loginHint?: string;
  /** Consent is asked for even where it was given. */
  readonly askConsent?: boolean;
  /** The app is on another device: the user has to say that they meant it. */
  readonly onDevice?: boolean;
}

/** A user who has signed in, and allowed what was asked for. */
export interface SignedIn {
  readonly user: string;
  readonly mfa: boolean;
}

/** What follows on the password, in this order; a user meets only those that apply. */
const steps = ['secondFactor', 'staySignedIn', 'confirm', 'consent'] as const;
type Step = (typeof steps)[number];

/** A user on the way: the right password was given. */
interface Visit extends SignedIn {
  readonly step: Step;
}

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
  next(request: SignInRequest, { form, tenant }: IdentityRequest): Answer | SignedIn {
    const flowToken = form.get('flowToken') ?? '';
    const visit = this.#visits.get(flowToken);
    if (!visit) return this.#identify(request, form, tenant);
    this.#visits.delete(flowToken);
    if (form.get('decision') === 'cancel') throw new AadstsError(65004);
    if (visit.step !== 'secondFactor') return this.#advance(request, visit, visit.step);
    if (form.get('otc')?.trim() !== this.#rooms.oneTimeCode) return this.#show(request, visit, { failed: true });
    return this.#advance(request, { ...visit, mfa: true }, visit.step);
  }

  #identify(request: SignInRequest, form: URLSearchParams, tenant: string): Answer | SignedIn {
    const user = form.get('loginfmt')?.trim().toLowerCase();
    if (!user) return htmlAnswer(accountPage(request.loginHint ?? ''));
    if (!takesAccount(tenant, user)) return htmlAnswer(accountPage(user, { refusedBy: tenant }));
    const password = form.get('passwd');
    if (password !== this.#rooms.password) return htmlAnswer(passwordPage(user, { failed: password !== null }));
    this.#rooms.directory.checkEnabled(user);
    takeFault(this.#rooms.faults, 'signIn');
    return this.#advance(request, { user, mfa: false });
  }

  #advance(request: SignInRequest, signedIn: SignedIn, done?: Step): Answer | SignedIn {
    const { user, mfa } = signedIn;
    const consented = this.#rooms.directory.consents(user, request.clientId);
    if (done === 'consent') for (const scope of scopesOf(request)) consented.add(scope);
    const applies: Readonly<Record<Step, boolean>> = {
      secondFactor: this.#rooms.directory.requiresMfa(user),
      staySignedIn: true,
      confirm: request.onDevice ?? false,
      consent: Boolean(request.askConsent) || !scopesOf(request).every((scope) => consented.has(scope)),
    };
    const step = steps.slice(done ? steps.indexOf(done) + 1 : 0).find((each) => applies[each]);
    return step ? this.#show(request, { user, mfa, step }) : { user, mfa };
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

function scopesOf({ requested }: SignInRequest): string[] {
  return [...requested.openId, ...requested.permissions.map(scopeOf)];
}
