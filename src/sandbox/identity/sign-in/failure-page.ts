import { htmlAnswer, type Answer } from '../../server/answer.js';
import { describeFailure, type AadstsError } from '../failures/aadsts-error.js';
import { errorPage } from './end-pages.js';
import type { IdentityRequest } from '../identity-request.js';

/** A failure that is shown to the user, and sent nowhere. */
export function failurePage(error: AadstsError, { details }: IdentityRequest): Answer {
  const { status, body } = describeFailure(error, details);
  return htmlAnswer(errorPage(body), status);
}
