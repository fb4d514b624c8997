import { AadstsError } from './failures/aadsts-error.js';
import type { IdentityRequest } from './identity-request.js';

/** A field of the posted form that has to be there. @throws AadstsError 900144 */
export function requiredField({ form }: IdentityRequest, parameter: string): string {
  const value = form.get(parameter);
  if (!value) throw new AadstsError(900144, { parameter });
  return value;
}
