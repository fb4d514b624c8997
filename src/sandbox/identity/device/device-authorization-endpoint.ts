import { jsonAnswer, type Answer } from '../../server/answer.js';
import { AadstsError, describeFailure } from '../failures/aadsts-error.js';
import { devicePath } from '../identity-sign.js';
import { deviceCodeLifetime, type DeviceCodes } from './device-codes.js';
import type { Directory } from '../directory.js';
import type { IdentityRequest } from '../identity-request.js';
import { requiredField } from '../required-field.js';
import { parseScopes } from '../tokens/scopes.js';
import { tenantIdOf } from '../tenant-id.js';

/** Seconds between two questions of a device. Microsoft's is 5; nobody has to wait so long for the sandbox. */
const interval = 1;

export interface DeviceAuthorizationRooms {
  readonly directory: Directory;
  readonly deviceCodes: DeviceCodes;
}

/**
 * Gives a device its codes (RFC 8628 section 3.2). Whether the app may use them is only said with the tokens.
 * https://learn.microsoft.com/entra/identity-platform/v2-oauth2-device-code
 */
export function authorizeDevice(rooms: DeviceAuthorizationRooms, request: IdentityRequest): Answer {
  try {
    return jsonAnswer(issueCodes(rooms, request));
  } catch (error) {
    if (!(error instanceof AadstsError)) throw error;
    const { status, body } = describeFailure(error, request.details);
    return jsonAnswer(body, status);
  }
}

function issueCodes({ directory, deviceCodes }: DeviceAuthorizationRooms, request: IdentityRequest): object {
  if (request.method !== 'POST') throw new AadstsError(900561);
  tenantIdOf(request.tenant);
  const { clientId } = directory.app(requiredField(request, 'client_id'));
  const scope = requiredField(request, 'scope');
  parseScopes(scope);
  const { deviceCode, userCode } = deviceCodes.issue({ clientId, tenant: request.tenant, scope });
  const page = `${request.origin}${devicePath}`;
  return {
    user_code: userCode,
    device_code: deviceCode,
    verification_uri: page,
    expires_in: deviceCodeLifetime,
    interval,
    message: `To sign in, use a web browser to open the page ${page} and enter the code ${userCode} to authenticate.`,
  };
}
