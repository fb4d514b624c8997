import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import tls, { type SecureContext } from 'node:tls';
import { ExchangeError } from '../errors.js';

/** Reading Node's own authorities takes a tenth of a second, for each context anew. */
const contexts = new Map<string, SecureContext>();
const contextsKept = 8;

/**
 * The certificate authorities to trust: Node's own and further ones (PEM). Nothing where there are no
 * further ones: Node's default then needs no help.
 */
export function secureContext(ca: readonly string[]): SecureContext | undefined {
  if (ca.length === 0) return undefined;
  const key = ca.join('\n');
  const context = contexts.get(key) ?? createContext(ca);
  // The one that was used last goes last.
  contexts.delete(key);
  contexts.set(key, context);
  if (contexts.size > contextsKept) contexts.delete(contexts.keys().next().value!);
  return context;
}

function createContext(ca: readonly string[]): SecureContext {
  for (const pem of ca) assertCertificate(pem);
  return tls.createSecureContext({ ca: [...defaultAuthorities(), ...ca] });
}

/** Node passes over what it cannot read, and a refused connection later would not say why. */
function assertCertificate(pem: string): void {
  try {
    new X509Certificate(pem);
  } catch (cause) {
    throw new ExchangeError('CONFIGURATION', 'tls.ca is no certificate in PEM format', { cause });
  }
}

/** `ca` replaces Node's authorities, so they are named again, those of NODE_EXTRA_CA_CERTS too. */
function defaultAuthorities(): readonly string[] {
  // Since Node 22.15.
  const node: Partial<{ getCACertificates(type: 'default'): string[]; rootCertificates: unknown }> = tls;
  if (node.getCACertificates) return node.getCACertificates('default');
  const extra = process.env.NODE_EXTRA_CA_CERTS;
  return extra ? [...tls.rootCertificates, readFileSync(extra, 'utf8')] : tls.rootCertificates;
}
