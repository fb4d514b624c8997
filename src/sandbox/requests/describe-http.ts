import type { Outcome } from './exchange.js';
import { statusLine } from './observe-answer.js';

/** What a request is about beyond its path: an EWS operation, a token's grant type. */
export function subjectOf(body: string): string {
  const [, operation] = /<(?:\w+:)?Body\b[^<>]*>\s*<(?:\w+:)?(\w+)/.exec(body) ?? [];
  const [, grantType = ''] = /(?:^|&)grant_type=([^&]*)/m.exec(body) ?? [];
  return operation ?? grantType.replace(/^.*[:/]|.*%3A/i, '');
}

/** How an answer is to be taken: an error may hide in a 200, and its code says more than the status. */
export function outcomeOf(status: number, body: string): Outcome {
  const inBody = errors.map((pattern) => pattern.exec(body)?.[1]).find((code) => code !== undefined);
  const line = statusLine(status);
  return {
    outcome: inBody === undefined ? line : `${line}: ${inBody}`,
    isFailure: status >= 400 || inBody !== undefined,
  };
}

const errors = [
  /(AADSTS\d+)/,
  /<(?:\w+:)?ResponseCode>(Error\w+)/,
  /<(?:\w+:)?ErrorCode>((?!NoError)\w+)/,
  /"error":\s*\{\s*"code":\s*"(\w+)"/,
  /"error":\s*"(\w+)"/,
  // A step of a batch.
  /"status":\s*([45]\d\d)\b/,
];
