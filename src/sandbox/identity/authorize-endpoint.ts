import { randomUUID } from 'node:crypto';
import { htmlAnswer, type Answer } from '../answer.js';
import { AadstsError, describeFailure } from './aadsts-error.js';
import type { AuthorizationCodes } from './authorization-codes.js';
import {
  parseAuthorizeRequest,
  parseReplyAddress,
  type AuthorizeRequest,
  type ReplyAddress,
} from './authorize-request.js';
import { tenantIdOf, type Directory } from './directory.js';
import type { IdentityRequest } from './identity-request.js';
import { consentLines, scopeOf } from './scopes.js';
import { accountPage, consentPage, errorPage, formPostPage, passwordPage } from './sign-in-pages.js';

export interface AuthorizeEndpointOptions {
  readonly directory: Directory;
  readonly codes: AuthorizationCodes;
  /** The password of every user. */
  readonly password: string;
}

/** Signs users in, page by page: account, password, consent, and off to the redirect URL. */
export class AuthorizeEndpoint {
  readonly #directory: Directory;
  readonly #codes: AuthorizationCodes;
  readonly #password: string;
  /** Who has given the right password, by ticket. */
  readonly #tickets = new Map<string, string>();
  /** Scopes that were consented to, by app and user. */
  readonly #consents = new Map<string, Set<string>>();

  constructor({ directory, codes, password }: AuthorizeEndpointOptions) {
    this.#directory = directory;
    this.#codes = codes;
    this.#password = password;
  }

  answer(request: IdentityRequest): Answer {
    try {
      const reply = parseReplyAddress(this.#directory, request.tenant, request.query);
      return this.#answerAt(reply, request);
    } catch (error) {
      if (!(error instanceof AadstsError)) throw error;
      const { status, body } = describeFailure(error, request.details);
      return htmlAnswer(errorPage(body.error_description), status);
    }
  }

  #answerAt(reply: ReplyAddress, request: IdentityRequest): Answer {
    try {
      return this.#step(parseAuthorizeRequest(this.#directory, reply, request.query), request);
    } catch (error) {
      if (!(error instanceof AadstsError)) throw error;
      const { body } = describeFailure(error, request.details);
      return redirect(reply, {
        error: body.error,
        ...(error.code === 65004 && { error_subcode: 'cancel' }),
        error_description: body.error_description,
        error_uri: body.error_uri,
      });
    }
  }

  /** The page that follows on what the user has just filled in. */
  #step(asked: AuthorizeRequest, { form, tenant }: IdentityRequest): Answer {
    if (asked.prompt === 'none') throw new AadstsError(50058);
    const signedIn = this.#tickets.get(form.get('ticket') ?? '');
    if (signedIn) return this.#decide(asked, tenant, { user: signedIn, form });
    const user = form.get('loginfmt')?.trim().toLowerCase();
    if (!user) return htmlAnswer(accountPage(asked.loginHint));
    const password = form.get('passwd');
    if (password !== this.#password) return htmlAnswer(passwordPage(user, password !== null));
    const consented = this.#consented(asked, user);
    const isNew = asked.prompt === 'consent' || !scopesOf(asked).every((scope) => consented.has(scope));
    return isNew ? this.#askConsent(asked, user) : this.#finish(asked, tenant, user);
  }

  #askConsent(asked: AuthorizeRequest, user: string): Answer {
    const ticket = randomUUID();
    this.#tickets.set(ticket, user);
    const permissions = consentLines(asked.requested);
    return htmlAnswer(consentPage({ user, clientId: asked.app.clientId, permissions, ticket }));
  }

  #decide(
    asked: AuthorizeRequest,
    tenant: string,
    step: { readonly user: string; readonly form: URLSearchParams },
  ): Answer {
    this.#tickets.delete(step.form.get('ticket') ?? '');
    if (step.form.get('decision') !== 'accept') throw new AadstsError(65004);
    const consented = this.#consented(asked, step.user);
    for (const scope of scopesOf(asked)) consented.add(scope);
    return this.#finish(asked, tenant, step.user);
  }

  #finish(asked: AuthorizeRequest, tenant: string, user: string): Answer {
    const code = this.#codes.issue({
      tenant: tenantIdOf(tenant, user),
      clientId: asked.app.clientId,
      user,
      scope: asked.scope,
      scopes: [...this.#consented(asked, user)],
      redirectUrl: asked.reply.redirectUrl,
      codeChallenge: asked.codeChallenge,
      nonce: asked.nonce,
    });
    return redirect(asked.reply, { code, session_state: randomUUID() });
  }

  #consented({ app }: AuthorizeRequest, user: string): Set<string> {
    const key = JSON.stringify([app.clientId, user]);
    let consented = this.#consents.get(key);
    if (!consented) this.#consents.set(key, (consented = new Set()));
    return consented;
  }
}

function scopesOf({ requested }: AuthorizeRequest): string[] {
  return [...requested.openId, ...requested.permissions.map(scopeOf)];
}

function redirect(reply: ReplyAddress, fields: Readonly<Record<string, string>>): Answer {
  const all = { ...fields, ...(reply.state !== undefined && { state: reply.state }) };
  if (reply.responseMode === 'form_post') return htmlAnswer(formPostPage(reply.redirectUrl, all));
  const location = new URL(reply.redirectUrl);
  for (const [name, value] of Object.entries(all)) location.searchParams.append(name, value);
  return { status: 302, headers: { Location: location.href }, body: '' };
}
