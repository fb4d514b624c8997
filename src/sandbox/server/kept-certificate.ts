import { X509Certificate } from 'node:crypto';
import { KeptMap, type RecordsOf } from '../data/kept-map.js';
import { createCertificate, type Certificate } from './certificate.js';

/** Milliseconds: one that ends sooner is made anew. */
const least = 30 * 86_400_000;

/** The certificate that clients trust since an earlier start; a new one where there is none, or it is about to end. */
export function keptCertificate(records: RecordsOf): Certificate {
  const kept = new KeptMap<Certificate>(records('certificate'));
  const known = kept.get('server');
  if (known && Date.parse(new X509Certificate(known.cert).validTo) - Date.now() > least) return known;
  const made = createCertificate();
  kept.set('server', made);
  return made;
}
