import { randomUUID } from 'node:crypto';
import { idToken } from '../tokens/id-token.js';
import type { IssuedTokens } from '../tokens/issued-tokens.js';
import { htmlAnswer, type Answer } from '../../server/answer.js';
import type { Faults } from '../../faults.js';
import { AadstsError, describeFailure } from '../failures/aadsts-error.js';
import type { AuthorizationCodes, AuthorizationGrant } from './authorization-codes.js';
import {
  parseAuthorizeRequest,
  parseReplyAddress,
  type AuthorizeRequest,
  type ReplyAddress,
} from './authorize-request.js';
import type { Directory } from '../directory.js';
import { formPostPage } from './end-pages.js';
import { failurePage } from './failure-page.js';
import type { IdentityRequest } from '../identity-request.js';
import type { SignedIn, SignIn } from './sign-in.js';
import { tenantIdOf } from '../tenant-id.js';

export interface AuthorizeEndpointRooms {
  readonly directory: Directory;
  readonly codes: AuthorizationCodes;
  readonly tokens: IssuedTokens;
  readonly signIn: SignIn;
  readonly faults: Faults;
}

/** What `prompt` asks whoever is signed in already. */
const asks: Readonly<Record<string, 'password' | 'account'>> = { login: 'password', select_account: 'account' };

/** Signs users in, and sends them off to the redirect URL with a code (RFC 6749 section 4.1). */
export class AuthorizeEndpoint {
  readonly #rooms: AuthorizeEndpointRooms;

  constructor(rooms: AuthorizeEndpointRooms) {
    this.#rooms = rooms;
  }

  answer(request: IdentityRequest): Answer {
    try {
      const reply = parseReplyAddress(this.#rooms.directory, request.tenant, request.query);
      const asked = this.#parse(reply, request);
      return 'status' in asked ? asked : this.#signIn(asked, request);
    } catch (error) {
      if (!(error instanceof AadstsError)) throw error;
      return failurePage(error, request);
    }
  }

  /** The request, or the answer at the redirect URL to one that is wrong. */
  #parse(reply: ReplyAddress, request: IdentityRequest): AuthorizeRequest | Answer {
    try {
      return parseAuthorizeRequest(this.#rooms.directory, reply, request.query);
    } catch (error) {
      if (!(error instanceof AadstsError)) throw error;
      return this.#refuse(reply, error, request);
    }
  }

  #signIn(asked: AuthorizeRequest, request: IdentityRequest): Answer {
    const { app, requested, loginHint, domainHint, maxAge, prompt = '', reply } = asked;
    const askConsent = prompt === 'consent';
    const wanted = { clientId: app.clientId, requested, loginHint, domainHint, maxAge, askConsent, ask: asks[prompt] };
    const { signIn } = this.#rooms;
    try {
      const next = prompt === 'none' ? signIn.silent(wanted, request) : signIn.next(wanted, request);
      return 'user' in next ? this.#finish(asked, request, next) : next;
    } catch (error) {
      if (!(error instanceof AadstsError && (prompt === 'none' || error.code === 65004))) throw error;
      return this.#refuse(reply, error, request);
    }
  }

  #finish(asked: AuthorizeRequest, request: IdentityRequest, { user, mfa, authenticatedAt }: SignedIn): Answer {
    const { app, scope, reply, codeChallenge, nonce, responseType } = asked;
    const { codes, directory, tokens } = this.#rooms;
    const grant: AuthorizationGrant = {
      tenant: tenantIdOf(request.tenant, user),
      clientId: app.clientId,
      user,
      mfa,
      scope,
      scopes: [...directory.consents(user, app.clientId)],
      expiresAt: app.platform === 'spa' ? tokens.singlePageExpiry() : undefined,
      redirectUrl: reply.redirectUrl,
      codeChallenge,
      nonce,
      ...(asked.maxAge !== undefined && { authenticatedAt }),
    };
    return this.#redirect(reply, {
      ...(responseType !== 'id_token' && { code: codes.issue(grant) }),
      ...(responseType !== 'code' && { id_token: idToken(tokens, request, { grant, nonce }) }),
      session_state: randomUUID(),
    });
  }

  #refuse(reply: ReplyAddress, error: AadstsError, { details }: IdentityRequest): Answer {
    const { body } = describeFailure(error, details);
    return this.#redirect(reply, {
      // The code stands for itself where a token is asked for; here nobody could be asked.
      error: body.error === 'invalid_grant' ? 'interaction_required' : body.error,
      ...(error.code === 65004 && { error_subcode: 'cancel' }),
      error_description: body.error_description,
      error_uri: body.error_uri,
    });
  }

  #redirect(reply: ReplyAddress, fields: Readonly<Record<string, string>>): Answer {
    const all = { ...fields, ...(reply.state !== undefined && { state: reply.state }) };
    const isPosted = reply.responseMode === 'form_post' && !this.#rooms.faults.ignoreFormPost;
    if (isPosted) return htmlAnswer(formPostPage(reply.redirectUrl, all));
    const location = new URL(reply.redirectUrl);
    if (reply.responseMode === 'fragment') location.hash = new URLSearchParams(all).toString();
    else for (const [name, value] of Object.entries(all)) location.searchParams.append(name, value);
    return { status: 302, headers: { Location: location.href }, body: '' };
  }
}
