import { execFileSync } from 'node:child_process';
import { constants, createHash, sign, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A self-signed certificate as one makes for an app registration, with the key that goes with it. */
export interface AppCertificate {
  readonly cert: string;
  /** The private key, PEM. */
  readonly key: string;
  /** SHA-1, base64url: `x5t`. */
  readonly thumbprint: string;
  /** SHA-256, base64url: `x5t#S256`. */
  readonly thumbprintSha256: string;
}

/** Makes one with openssl, good for 30 days. */
export function createAppCertificate(): AppCertificate {
  const folder = mkdtempSync(join(tmpdir(), 'app-certificate-'));
  try {
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const subject = ['-subj', '/CN=playwright-exchange test', '-keyout', key, '-out', cert];
    execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-noenc', '-days', '30', ...subject], {
      stdio: 'pipe',
    });
    const pem = readFileSync(cert, 'utf8');
    const { raw } = new X509Certificate(pem);
    const [thumbprint = '', thumbprintSha256 = ''] = ['sha1', 'sha256'].map((algorithm) =>
      createHash(algorithm).update(raw).digest('base64url'),
    );
    return { cert: pem, key: readFileSync(key, 'utf8'), thumbprint, thumbprintSha256 };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

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
