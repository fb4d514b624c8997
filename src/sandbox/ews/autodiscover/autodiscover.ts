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
const services: readonly (readonly [path: RegExp, service: AutodiscoverService])[] = [
  [/^\/autodiscover\/autodiscover\.json(\/|$)/i, { needsSignIn: false, answer: jsonAnswer }],
  [/^\/autodiscover\/autodiscover\.svc$/i, { needsSignIn: true, answer: soapAnswer }],
  [/^\/autodiscover\/autodiscover\.xml$/i, { needsSignIn: true, answer: poxAnswer }],
];

/** The Autodiscover service at a path; nothing where there is none. */
export function autodiscoverService(path: string): AutodiscoverService | undefined {
  return services.find(([pattern]) => pattern.test(path))?.[1];
}
