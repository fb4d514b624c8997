import { createHash, generateKeyPair, sign, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';

const generateRsaKeys = promisify(generateKeyPair);

/** The key that the sandbox signs its tokens with, made anew in every process. */
export class SigningKey {
  static #made: Promise<SigningKey> | undefined;
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

  /** Making a key takes some 150 ms, so that all sandboxes of a process share one. */
  static ofThisProcess(): Promise<SigningKey> {
    return (SigningKey.#made ??= generateRsaKeys('rsa', { modulusLength: 2048 }).then((keys) => new SigningKey(keys)));
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
