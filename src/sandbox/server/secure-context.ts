import { createSecureContext, type SecureContext } from 'node:tls';
import type { Certificate } from './certificate.js';

const contexts = new WeakMap<Certificate, SecureContext>();

/** A certificate as TLS takes it: made when a client first asks for TLS, for it takes longer than all else of a start. */
export function secureContextOf(certificate: Certificate): SecureContext {
  const { cert, key } = certificate;
  const context = contexts.get(certificate) ?? createSecureContext({ cert, key });
  contexts.set(certificate, context);
  return context;
}
