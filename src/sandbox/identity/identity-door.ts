import type { IncomingMessage, ServerResponse } from 'node:http';
import { notKept, type RecordsOf } from '../data/kept-map.js';
import { jsonAnswer, sendAnswer, type Answer } from '../server/answer.js';
import type { HttpDoor } from '../server/door.js';
import { shareWithPages } from '../server/cors.js';
import { holdBack } from '../server/hold-back.js';
import type { Faults } from '../faults.js';
import { AadstsError, describeFailure } from './failures/aadsts-error.js';
import { AuthorizationCodes } from './sign-in/authorization-codes.js';
import { AuthorizeEndpoint } from './sign-in/authorize-endpoint.js';
import type { Clock } from './clock.js';
import { authorizeDevice } from './device/device-authorization-endpoint.js';
import { DeviceCodes } from './device/device-codes.js';
import { DeviceSignIn } from './device/device-sign-in.js';
import type { Directory } from './directory.js';
import { instanceDiscovery, openIdConfiguration, openIdConfigurationOfVersion1 } from './discovery.js';
import { refuseOtherPages } from '../server/guard.js';
import { devicePath, endpointAt, identitySign, userInfoPath } from './identity-sign.js';
import { readIdentityRequest, type IdentityRequest } from './identity-request.js';
import type { IssuedTokens } from './tokens/issued-tokens.js';
import { Sessions } from './sign-in/sessions.js';
import { SignIn } from './sign-in/sign-in.js';
import { signOut } from './sign-in/sign-out.js';
import { userInfo } from './tokens/user-info.js';
import { asVersion2 } from './version-1.js';
import { TokenEndpoint } from './tokens/token-endpoint.js';

export interface IdentityDoorRooms {
  readonly clock: Clock;
  readonly directory: Directory;
  readonly tokens: IssuedTokens;
  readonly faults: Faults;
  /** Where sessions outlive the process. @default nowhere */
  readonly records?: RecordsOf;
}

export interface IdentityDoorOptions {
  /** The password of every user. */
  readonly password: string;
  /** The one-time code of every user who has to prove a second factor. */
  readonly oneTimeCode: string;
}

/** What the scripts of pages get their tokens from; people's pages are shown, never read. */
const shared = [
  'oauth2/v2.0/token',
  '.well-known/openid-configuration',
  'v2.0/.well-known/openid-configuration',
  'discovery/v2.0/keys',
  'discovery/instance',
  userInfoPath,
];

/** Where people fill in the sandbox's own pages. */
const forms = ['oauth2/authorize', 'oauth2/v2.0/authorize', devicePath];

/** The door that stands for Microsoft's identity platform, login.microsoftonline.com. */
export function createIdentityDoor(rooms: IdentityDoorRooms, options: IdentityDoorOptions): HttpDoor {
  const sessions = new Sessions(rooms.clock, rooms.records ?? notKept);
  const endpoints = createEndpoints({ ...rooms, sessions }, options);
  const closing = new AbortController();
  return {
    ...identitySign,
    async handle(request: IncomingMessage, response: ServerResponse, url: URL) {
      const { tenant, endpoint } = endpointAt(url.pathname);
      if (shared.includes(endpoint) && shareWithPages(request, response)) return;
      if (forms.includes(endpoint) && request.method === 'POST') refuseOtherPages(request);
      const read = await readIdentityRequest(request, url, decode(tenant));
      if (!read) return;
      await holdBack(rooms.faults.delay, closing.signal);
      const answer = endpoints[endpoint]?.(read);
      if (answer) sendAnswer(response, forms.includes(endpoint) ? sessions.hold(read, answer) : answer);
    },
    close: () => closing.abort(),
  };
}

/** What is not encoded as it should be names no tenant. */
function decode(tenant: string): string {
  try {
    return decodeURIComponent(tenant);
  } catch {
    return tenant;
  }
}

function createEndpoints(
  rooms: IdentityDoorRooms & { readonly sessions: Sessions },
  options: IdentityDoorOptions,
): Readonly<Record<string, (request: IdentityRequest) => Answer>> {
  const codes = new AuthorizationCodes(rooms.clock);
  const deviceCodes = new DeviceCodes(rooms.clock);
  const signIn = new SignIn({ ...rooms, ...options });
  const authorize = new AuthorizeEndpoint({ ...rooms, codes, signIn });
  const device = new DeviceSignIn({ ...rooms, deviceCodes, signIn });
  const token = new TokenEndpoint({ ...rooms, codes, deviceCodes });
  const keys = () => jsonAnswer({ keys: [rooms.tokens.key.publicJwk] });
  return {
    'oauth2/authorize': (request) => authorize.answer(asVersion2(request)),
    'oauth2/token': (request) => token.answer(asVersion2(request)),
    'oauth2/logout': (request) => signOut(rooms.sessions, request),
    '.well-known/openid-configuration': (request) => discover(request, openIdConfigurationOfVersion1),
    'discovery/keys': keys,
    'oauth2/v2.0/authorize': (request) => authorize.answer(request),
    'oauth2/v2.0/devicecode': (request) => authorizeDevice({ ...rooms, deviceCodes }, request),
    'oauth2/v2.0/token': (request) => token.answer(request),
    'v2.0/.well-known/openid-configuration': (request) => discover(request, openIdConfiguration),
    'oauth2/v2.0/logout': (request) => signOut(rooms.sessions, request),
    'discovery/instance': ({ origin, query }) =>
      jsonAnswer(instanceDiscovery(origin, query.get('authorization_endpoint'))),
    'discovery/v2.0/keys': keys,
    [userInfoPath]: (request) => userInfo(rooms.tokens, request),
    [devicePath]: (request) => device.answer(request),
  };
}

function discover(request: IdentityRequest, configuration: typeof openIdConfiguration): Answer {
  try {
    return jsonAnswer(configuration(request.origin, request.tenant));
  } catch (error) {
    if (!(error instanceof AadstsError)) throw error;
    const { status, body } = describeFailure(error, request.details);
    return jsonAnswer(body, status);
  }
}
