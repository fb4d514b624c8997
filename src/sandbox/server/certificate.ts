import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { bitString, der, utcTime, integer, octetString, oid, sequence, set, utf8String, yes } from './der.js';

/** What a server needs for TLS, and what its clients need to trust it; all as PEM. */
export interface Certificate {
  /** The certificate of the authority, which vouches for nothing else: its key is thrown away. */
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

interface Party {
  readonly name: Buffer;
  /** A SubjectPublicKeyInfo. */
  readonly publicKey: Buffer;
  readonly privateKey: KeyObject;
}

/** The uses that a key may be put to, as bits of a KeyUsage. */
const digitalSignature = bitString(Buffer.from([0x80]), 7);
const keyCertSign = bitString(Buffer.from([0x04]), 2);
const ecdsaWithSha256 = sequence(oid('1.2.840.10045.4.3.2'));

export interface CertificateOptions {
  /** The host that it is for, besides 127.0.0.1. @default 'localhost' */
  readonly host?: string;
  /** Further hosts that it is for. @default none */
  readonly others?: readonly string[];
  /** The days, counted from now, between which it is valid. @default [-1, 365] */
  readonly days?: readonly [from: number, to: number];
}

/**
 * Makes a certificate for this machine, and an authority that signs it (RFC 5280).
 * It takes some 2 ms: the libraries that can do it take 400 ms to load.
 */
export function createCertificate({
  host = 'localhost',
  others = [],
  days = [-1, 365],
}: CertificateOptions = {}): Certificate {
  const authority = createParty('playwright-exchange sandbox CA');
  const server = createParty(host);
  const ca = certify(authority, authority, {
    days: [-1, 365],
    extensions: [
      extension('2.5.29.19', sequence(yes), { critical: true }),
      extension('2.5.29.15', keyCertSign, { critical: true }),
    ],
  });
  const names = [host, ...others].map((name) => der(0x82, Buffer.from(name)));
  const loopback = der(0x87, Buffer.from([127, 0, 0, 1]));
  const cert = certify(server, authority, {
    days,
    extensions: [
      extension('2.5.29.19', sequence(), { critical: true }),
      extension('2.5.29.15', digitalSignature, { critical: true }),
      extension('2.5.29.37', sequence(oid('1.3.6.1.5.5.7.3.1'))),
      extension('2.5.29.17', sequence(...names, loopback)),
    ],
  });
  const key = server.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { ca: pem(ca), cert: pem(cert), key };
}

function createParty(commonName: string): Party {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    name: sequence(set(sequence(oid('2.5.4.3'), utf8String(commonName)))),
    publicKey: publicKey.export({ type: 'spki', format: 'der' }),
    privateKey,
  };
}

function certify(
  subject: Party,
  issuer: Party,
  { days, extensions }: { readonly days: readonly [number, number]; readonly extensions: readonly Buffer[] },
): Buffer {
  const day = 24 * 60 * 60 * 1000;
  const validity = days.map((count) => utcTime(new Date(Date.now() + count * day)));
  const keyIds = [
    extension('2.5.29.14', octetString(keyId(subject))),
    extension('2.5.29.35', sequence(der(0x80, keyId(issuer)))),
  ];
  const content = sequence(
    der(0xa0, integer(2)),
    integer(1, ...randomBytes(15)),
    ecdsaWithSha256,
    issuer.name,
    sequence(...validity),
    subject.name,
    subject.publicKey,
    der(0xa3, sequence(...extensions, ...keyIds)),
  );
  return sequence(content, ecdsaWithSha256, bitString(sign('sha256', content, issuer.privateKey)));
}

function extension(id: string, value: Buffer, { critical = false } = {}): Buffer {
  return sequence(oid(id), ...(critical ? [yes] : []), octetString(value));
}

function keyId({ publicKey }: Party): Buffer {
  return createHash('sha1').update(publicKey).digest();
}

function pem(certificate: Buffer): string {
  const lines = certificate.toString('base64').replace(/.{1,64}/g, '$&\n');
  return `-----BEGIN CERTIFICATE-----\n${lines}-----END CERTIFICATE-----\n`;
}
