import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { jsonAnswer, sendAnswer, type Answer } from '../answer.js';
import type { HttpDoor } from '../door.js';
import type { Faults } from '../faults.js';
import { AadstsError, describeFailure } from './aadsts-error.js';
import { AuthorizationCodes } from './authorization-codes.js';
import { AuthorizeEndpoint } from './authorize-endpoint.js';
import { Directory, tenantIdOf, type AppRegistration } from './directory.js';
import { openIdConfiguration } from './discovery.js';
import { readIdentityRequest, type IdentityRequest } from './identity-request.js';
import type { IssuedTokens } from './issued-tokens.js';
import { TokenEndpoint } from './token-endpoint.js';

export interface IdentityDoorRooms {
  readonly tokens: IssuedTokens;
  readonly faults: Faults;
}

export interface IdentityDoorOptions {
  /** The password of every user. @default 'secret' */
  readonly password?: string;
  /** App registrations besides `sandbox` (secret `sandbox`). */
  readonly apps?: readonly AppRegistration[];
}

const paths =
  /^\/([^/]+)\/(oauth2\/v2\.0\/authorize|oauth2\/v2\.0\/token|v2\.0\/\.well-known\/openid-configuration|discovery\/v2\.0\/keys)$/;

/** The door that stands for Microsoft's identity platform, login.microsoftonline.com. */
export function createIdentityDoor(rooms: IdentityDoorRooms, options: IdentityDoorOptions = {}): HttpDoor {
  const directory = new Directory(options.apps);
  const codes = new AuthorizationCodes();
  const authorize = new AuthorizeEndpoint({ directory, codes, password: options.password ?? 'secret' });
  const token = new TokenEndpoint({ ...rooms, directory, codes });
  const endpoints: Readonly<Record<string, (request: IdentityRequest) => Answer>> = {
    'oauth2/v2.0/authorize': (request) => authorize.answer(request),
    'oauth2/v2.0/token': (request) => token.answer(request),
    'v2.0/.well-known/openid-configuration': discover,
    'discovery/v2.0/keys': () => jsonAnswer({ keys: [rooms.tokens.key.publicJwk] }),
  };
  const closing = new AbortController();
  return {
    owns: (path) => paths.test(path),
    async handle(request: IncomingMessage, response: ServerResponse, url: URL) {
      const [, tenant = '', endpoint = ''] = paths.exec(url.pathname) ?? [];
      const read = await readIdentityRequest(request, url, decodeURIComponent(tenant));
      if (rooms.faults.delay > 0) await sleep(rooms.faults.delay, undefined, { signal: closing.signal });
      const answer = endpoints[endpoint]?.(read);
      if (answer) sendAnswer(response, answer);
    },
    close: () => closing.abort(),
  };
}

function discover(request: IdentityRequest): Answer {
  try {
    return jsonAnswer(openIdConfiguration(request.origin, request.tenant, tenantIdOf(request.tenant)));
  } catch (error) {
    if (!(error instanceof AadstsError)) throw error;
    const { status, body } = describeFailure(error, request.details);
    return jsonAnswer(body, status);
  }
}
