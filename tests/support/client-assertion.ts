import { constants, sign } from 'node:crypto';

/** A JSON Web Token (RFC 7515) signed with RS256 or PS256, as the header says. */
export function signAssertion(
  key: string,
  claims: Readonly<Record<string, unknown>>,
  header: Readonly<Record<string, string>>,
): string {
  const content = [{ typ: 'JWT', ...header }, claims].map((part) => encode(JSON.stringify(part))).join('.');
  const padding =
    header['alg'] === 'PS256'
      ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
      : {};
  return `${content}.${sign('sha256', Buffer.from(content), { key, ...padding }).toString('base64url')}`;
}

function encode(text: string): string {
  return Buffer.from(text).toString('base64url');
}
