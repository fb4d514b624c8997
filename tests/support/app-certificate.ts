import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { bitString, der, integer, oid, sequence, set, utcTime, utf8String } from '../../src/sandbox/server/der.js';

/** A certificate as one makes for an app registration, with the key that goes with it; PEM. */
export interface AppCertificate {
  readonly cert: string;
  readonly key: string;
  readonly privateKey: KeyObject;
  /** SHA-1, base64url: `x5t`. */
  readonly thumbprint: string;
  /** SHA-256, base64url: `x5t#S256`. */
  readonly thumbprintSha256: string;
}

const sha256WithRsa = sequence(oid('1.2.840.113549.1.1.11'), der(0x05));
const ecdsaWithSha256 = sequence(oid('1.2.840.10045.4.3.2'));
const day = 86_400_000;

export interface AppCertificateOptions {
  /** The days, counted from today, between which it is valid. @default -1, 30 */
  readonly from?: number;
  readonly to?: number;
  readonly type?: 'rsa' | 'ec';
  /** A key of its own, in place of the one that all others have. @default false */
  readonly hasOwnKey?: boolean;
}

/** A certificate that vouches for itself. */
export function createAppCertificate({
  from = -1,
  to = 30,
  type = 'rsa',
  hasOwnKey = false,
}: AppCertificateOptions = {}): AppCertificate {
  const { publicKey, privateKey } =
    hasOwnKey || type === 'ec' ? generateKeys(type) : (sharedKeys ??= generateKeys(type));
  const algorithm = type === 'rsa' ? sha256WithRsa : ecdsaWithSha256;
  const name = sequence(set(sequence(oid('2.5.4.3'), utf8String('app'))));
  const content = sequence(
    der(0xa0, integer(2)),
    integer(1, ...randomBytes(15)),
    algorithm,
    name,
    sequence(...[from, to].map((days) => utcTime(new Date(Date.now() + days * day)))),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
  );
  const certificate = sequence(content, algorithm, bitString(sign('sha256', content, privateKey)));
  const lines = certificate.toString('base64').replace(/.{1,64}/g, '$&\n');
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${lines}-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    privateKey,
    thumbprint: createHash('sha1').update(certificate).digest('base64url'),
    thumbprintSha256: createHash('sha256').update(certificate).digest('base64url'),
  };
}

type Keys = Readonly<Record<'publicKey' | 'privateKey', KeyObject>>;

/** Making them takes a fifth of a second. */
let sharedKeys: Keys | undefined;

function generateKeys(type: 'rsa' | 'ec'): Keys {
  return type === 'rsa'
    ? generateKeyPairSync('rsa', { modulusLength: 2048 })
    : generateKeyPairSync('ec', { namedCurve: 'P-256' });
}
