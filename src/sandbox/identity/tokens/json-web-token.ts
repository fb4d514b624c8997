import { constants, verify, type KeyObject } from 'node:crypto';

/** A signed JSON Web Token (RFC 7515, RFC 7519), taken apart and not yet believed. */
export interface JsonWebToken {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly signed: string;
  readonly signature: Buffer;
}

/** Nothing where the text is no such token. */
export function parseJsonWebToken(text: string): JsonWebToken | undefined {
  const [head = '', body = '', signature = ''] = text.split('.');
  const [header, claims] = [head, body].map(decode);
  if (!header || !claims) return undefined;
  return { header, claims, signed: `${head}.${body}`, signature: Buffer.from(signature, 'base64url') };
}

/** RFC 7518 sections 3.3 and 3.5: RS256 and PS256. */
export function isSignedWith({ header, signed, signature }: JsonWebToken, key: KeyObject): boolean {
  const { RSA_PKCS1_PSS_PADDING: padding, RSA_PSS_SALTLEN_DIGEST: saltLength } = constants;
  const content = Buffer.from(signed);
  if (header['alg'] === 'RS256') return verify('sha256', content, key, signature);
  return header['alg'] === 'PS256' && verify('sha256', content, { key, padding, saltLength }, signature);
}

function decode(part: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
