import { createHash, generateKeyPair, sign, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';

/** The key that the sandbox signs its tokens with, made anew at every start. */
export class SigningKey {
  readonly #privateKey: KeyObject;
  /** The public key as a JSON Web Key (RFC 7517), for the keys endpoint. */
  readonly publicJwk: Readonly<Record<string, unknown>>;
  readonly #header: string;

  constructor(keys: { readonly privateKey: KeyObject; readonly publicKey: KeyObject }) {
    const { n, e } = keys.publicKey.export({ format: 'jwk' });
    const keyId = createHash('sha256').update(String(n)).digest('base64url').slice(0, 27);
    this.#privateKey = keys.privateKey;
    this.publicJwk = { kty: 'RSA', use: 'sig', alg: 'RS256', kid: keyId, n, e };
    this.#header = encode({ typ: 'JWT', alg: 'RS256', kid: keyId });
  }

  static async generate(): Promise<SigningKey> {
    return new SigningKey(await promisify(generateKeyPair)('rsa', { modulusLength: 2048 }));
  }

  /** A signed JSON Web Token (RFC 7515, RS256). */
  sign(claims: Readonly<Record<string, unknown>>): string {
    const content = `${this.#header}.${encode(claims)}`;
    return `${content}.${sign('sha256', Buffer.from(content), this.#privateKey).toString('base64url')}`;
  }
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
