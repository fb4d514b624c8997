import { X509Certificate } from 'node:crypto';
import { KeptMap, type RecordsOf } from '../data/kept-map.js';
import { createCertificate, type Certificate } from './certificate.js';

/** Milliseconds: one that ends sooner is made anew. */
const least = 30 * 86_400_000;

/**
 * The certificate that clients trust since an earlier start; a new one where there is none, or it is about to end.
 * @param others the hosts that it is for besides this machine
 */
export function keptCertificate(records: RecordsOf, others: readonly string[]): Certificate {
  const kept = new KeptMap<Certificate>(records('certificate'));
  const hosts = others.join(' ');
  const known = kept.get(hosts);
  if (known && Date.parse(new X509Certificate(known.cert).validTo) - Date.now() > least) return known;
  const made = createCertificate({ others });
  kept.set(hosts, made);
  return made;
}
