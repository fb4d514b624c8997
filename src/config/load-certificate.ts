import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Fault } from './fault.js';
import type { ResolvedCertificate } from './resolved.js';

/** The fields of a certificate's definition: PEM texts, or the names of PEM files. */
export interface CertificateFields {
  readonly cert: string;
  readonly key?: string | undefined;
  readonly passphrase?: string | undefined;
}

type Problems = { readonly faults: readonly Fault[] };

/** Reads a certificate and its key; where they can't serve, says all that is wrong with them. */
export function loadCertificate(fields: CertificateFields): ResolvedCertificate | Problems {
  const certificate = attempt('cert', () => readCertificate(fields.cert));
  const key = attempt('key', () => readKey(fields));
  if ('faults' in certificate || 'faults' in key) {
    // Without a file of its own, what is wrong with the key is what is wrong with the certificate.
    const outcomes = fields.key === undefined && 'faults' in certificate ? [certificate] : [certificate, key];
    return { faults: outcomes.flatMap((outcome) => ('faults' in outcome ? outcome.faults : [])) };
  }
  if (!certificate.value.checkPrivateKey(key.value)) {
    return { faults: [{ field: 'key', problem: 'is not the key of the certificate' }] };
  }
  return {
    thumbprint: certificate.value.fingerprint256.replaceAll(':', ''),
    privateKey: key.value.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

function readCertificate(entry: string): X509Certificate {
  const pem = readPem(entry);
  const certificate = parse(() => new X509Certificate(pem), 'holds no certificate in PEM form');
  const { validFrom, validTo } = certificate;
  if (Date.parse(validTo) < Date.now()) throw new Error(`expired on ${dateOf(validTo)}: make and upload a new one`);
  if (Date.parse(validFrom) > Date.now()) throw new Error(`is not valid before ${dateOf(validFrom)}`);
  return certificate;
}

function readKey({ cert, key: entry = cert, passphrase }: CertificateFields): KeyObject {
  const pem = readPem(entry);
  if (pem.includes('ENCRYPTED') && !passphrase) throw new Error('is encrypted, and there is no passphrase');
  const problem = `holds no private key in PEM form${passphrase ? ' that the passphrase opens' : ''}`;
  const key = parse(() => createPrivateKey({ key: pem, ...(passphrase && { passphrase }) }), problem);
  if (key.asymmetricKeyType !== 'rsa') throw new Error('is not an RSA key: Microsoft Entra ID takes no other');
  return key;
}

/** Pipelines keep a text on one line, with `\n` written out. */
function readPem(entry: string): string {
  if (entry.includes('-----BEGIN')) return entry.replaceAll(String.raw`\n`, '\n');
  // What is that long is no name, but may be a secret.
  if (entry.length > 250) throw new Error('is neither a PEM text nor the name of a file');
  try {
    return readFileSync(entry, 'utf8');
  } catch (error) {
    throw new Error(`the file ${entry} can't be read (${(error as NodeJS.ErrnoException).code})`, { cause: error });
  }
}

/** In words of our own: OpenSSL's help nobody. */
function parse<T>(read: () => T, problem: string): T {
  try {
    return read();
  } catch (cause) {
    throw new Error(problem, { cause });
  }
}

function attempt<T>(field: string, read: () => T): { readonly value: T } | Problems {
  try {
    return { value: read() };
  } catch (error) {
    return { faults: [{ field, problem: (error as Error).message }] };
  }
}

function dateOf(text: string): string {
  return new Date(text).toISOString().slice(0, 10);
}
