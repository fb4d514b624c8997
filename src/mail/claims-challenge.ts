import type { IncomingHttpHeaders } from 'node:http';
import { ExchangeError } from '../errors.js';

/** Longer than any that Microsoft sends, in characters. */
const longest = 8192;

/**
 * What a server wants of a token, as the JSON that a request for tokens takes as `claims`; nothing where it challenges for nothing.
 * https://learn.microsoft.com/entra/identity-platform/claims-challenge
 */
export function claimsChallenge(headers: IncomingHttpHeaders): string | undefined {
  const challenge = [headers['www-authenticate'] ?? []].flat().join(', ').slice(0, longest);
  if (!/\berror="insufficient_claims"/i.test(challenge)) return undefined;
  const [, encoded = ''] = /\bclaims="([\w+/=-]+)"/i.exec(challenge) ?? [];
  const claims = Buffer.from(encoded, 'base64').toString();
  return isObject(claims) ? claims : undefined;
}

/** What it means where a token that was asked for with those claims is refused as well. */
export function challengedError(summary: string): ExchangeError {
  return new ExchangeError('AUTH_POLICY', summary, {
    advice: [
      'a policy of the tenant (conditional access, continuous access evaluation) does not let this token in, nor one that ' +
        'was asked for with the claims that it wants: repeating it will not help',
      'ask the administrator, with what Microsoft says: it may be about the network that this machine is in, the device, ' +
        'or a session that was revoked; where a person signed in, authorise again',
    ],
  });
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null;
  } catch {
    return false;
  }
}
