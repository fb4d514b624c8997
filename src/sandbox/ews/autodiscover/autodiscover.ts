import { autodiscoverForm } from '../ews-sign.js';
import type { AutodiscoverAnswer, AutodiscoverRequest } from './answer.js';
import { jsonAnswer } from './json.js';
import { poxAnswer } from './pox.js';
import { soapAnswer } from './soap.js';

interface AutodiscoverService {
  /** It answers to who has signed in only. */
  readonly needsSignIn: boolean;
  readonly answer: (request: AutodiscoverRequest) => AutodiscoverAnswer;
}

/** The ways in which Exchange speaks Autodiscover: v2, SOAP ([MS-OXWSADISC]), and plain old XML ([MS-OXDSCLI]). */
const services: Readonly<Record<NonNullable<ReturnType<typeof autodiscoverForm>>, AutodiscoverService>> = {
  json: { needsSignIn: false, answer: jsonAnswer },
  svc: { needsSignIn: true, answer: soapAnswer },
  xml: { needsSignIn: true, answer: poxAnswer },
};

/** The Autodiscover service at a path; nothing where there is none. */
export function autodiscoverService(path: string): AutodiscoverService | undefined {
  const form = autodiscoverForm(path);
  return form && services[form];
}
