import { createHash, createPrivateKey, generateKeyPair, sign, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { KeptMap, notKept, type RecordsOf } from '../../data/kept-map.js';

const generateKeys = promisify(generateKeyPair);

interface Key {
  readonly privateKey: KeyObject;
  readonly publicJwk: Readonly<Record<string, unknown>>;
  readonly header: string;
}

/** The key that the sandbox signs its tokens with. */
export class SigningKey {
  readonly #kept: KeptMap<string>;
  #key: Key | undefined;

  constructor(records: RecordsOf = notKept) {
    this.#kept = new KeptMap(records('signingKey'));
  }

  /** The public key as a JSON Web Key (RFC 7517), for the keys endpoint. */
  get publicJwk(): Key['publicJwk'] {
    return this.#ready.publicJwk;
  }

  /**
   * Makes a key, where none is kept, in some 150 ms in which other things go on; all sandboxes of a process share one.
   * Throws where the kept one is none.
   */
  begin(): void {
    const kept = this.#kept.get('pem');
    if (kept === undefined) void madeOnce();
    else createPrivateKey(kept);
  }

  /** Resolves when it can sign. */
  async prepare(): Promise<void> {
    const kept = this.#kept.get('pem');
    const privateKey = kept === undefined ? await madeOnce() : createPrivateKey(kept);
    if (kept === undefined) this.#kept.set('pem', String(privateKey.export({ type: 'pkcs8', format: 'pem' })));
    this.#key = describe(privateKey);
  }

  /** A signed JSON Web Token (RFC 7515, RS256). */
  sign(claims: Readonly<Record<string, unknown>>): string {
    const { header, privateKey } = this.#ready;
    const content = `${header}.${encode(claims)}`;
    return `${content}.${sign('sha256', Buffer.from(content), privateKey).toString('base64url')}`;
  }

  get #ready(): Key {
    if (!this.#key) throw new Error('The signing key is not prepared.');
    return this.#key;
  }
}

let made: Promise<KeyObject> | undefined;

function madeOnce(): Promise<KeyObject> {
  return (made ??= generateKeys('rsa', { modulusLength: 2048 }).then(({ privateKey }) => privateKey));
}

function describe(privateKey: KeyObject): Key {
  const { n, e } = privateKey.export({ format: 'jwk' });
  const keyId = createHash('sha256').update(String(n)).digest('base64url').slice(0, 27);
  const publicJwk = { kty: 'RSA', use: 'sig', alg: 'RS256', kid: keyId, n, e };
  return { privateKey, publicJwk, header: encode({ typ: 'JWT', alg: 'RS256', kid: keyId }) };
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
