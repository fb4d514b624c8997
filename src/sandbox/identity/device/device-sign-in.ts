import { htmlAnswer, type Answer } from '../../server/answer.js';
import { AadstsError } from '../failures/aadsts-error.js';
import type { DeviceCodes, DeviceRequest } from './device-codes.js';
import { deviceDeclinedPage, deviceSignedInPage, userCodePage } from './device-pages.js';
import type { Directory } from '../directory.js';
import { failurePage } from '../sign-in/failure-page.js';
import type { IdentityRequest } from '../identity-request.js';
import { parseScopes } from '../tokens/scopes.js';
import type { SignIn } from '../sign-in/sign-in.js';
import { tenantIdOf } from '../tenant-id.js';

export interface DeviceSignInRooms {
  readonly directory: Directory;
  readonly deviceCodes: DeviceCodes;
  readonly signIn: SignIn;
}

/** Lets a person answer for a device (RFC 8628 section 3.3). The user code is in the page's address. */
export class DeviceSignIn {
  readonly #rooms: DeviceSignInRooms;

  constructor(rooms: DeviceSignInRooms) {
    this.#rooms = rooms;
  }

  answer(request: IdentityRequest): Answer {
    const userCode = request.query.get('otc');
    if (!userCode) return htmlAnswer(userCodePage({ failed: false }));
    try {
      return this.#step(userCode, this.#rooms.deviceCodes.requestOf(userCode), request);
    } catch (error) {
      if (!(error instanceof AadstsError)) throw error;
      if (error.code === 65004) return this.#decline(userCode);
      if ([70018, 70019, 90120].includes(error.code)) return htmlAnswer(userCodePage({ failed: true }));
      return failurePage(error, request);
    }
  }

  #step(userCode: string, { clientId, tenant, scope }: DeviceRequest, request: IdentityRequest): Answer {
    const { deviceCodes, directory, signIn } = this.#rooms;
    const next = signIn.next({ clientId, requested: parseScopes(scope), onDevice: true }, request);
    if (!('user' in next)) return next;
    const { user, mfa } = next;
    const scopes = [...directory.consents(user, clientId)];
    const grant = { tenant: tenantIdOf(tenant, user), clientId, user, scopes, mfa };
    deviceCodes.answer(userCode, { grant, scope });
    return htmlAnswer(deviceSignedInPage(clientId));
  }

  #decline(userCode: string): Answer {
    const { deviceCodes } = this.#rooms;
    const { clientId } = deviceCodes.requestOf(userCode);
    deviceCodes.answer(userCode, 'declined');
    return htmlAnswer(deviceDeclinedPage(clientId));
  }
}
