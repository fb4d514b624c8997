import { nearestName } from '../input/nearest-name.js';

/** The fields that there are, by where they stand. */
const places: Readonly<Record<string, readonly string[]>> = {
  '': [
    'protocol',
    'host',
    'port',
    'security',
    'smtp',
    'user',
    'mailbox',
    'auth',
    'addressing',
    'proxy',
    'tls',
    'pollIntervals',
  ],
  auth: [
    'type',
    'grant',
    'tenantId',
    'clientId',
    'clientSecret',
    'certificate',
    'assertion',
    'redirectUrl',
    'scopes',
    'cloud',
    'username',
    'password',
  ],
  'auth.certificate': ['cert', 'key', 'passphrase'],
  'auth.assertion': ['file', 'command'],
  smtp: ['host', 'port', 'security', 'keepsCopy'],
  tls: ['ca'],
};

/** What is wrong with a field that a definition does not have at a place, after its name. */
export function unknownField(place: string, name: string): string {
  const known = Object.hasOwn(places, place) ? places[place]! : [];
  const meant = nearestName(name, known);
  if (meant === name) return 'is not a field of a connection';
  if (meant) return `is not a field of a connection: did you mean ${meant}?`;
  const home = Object.keys(places).find((other) => places[other]!.includes(name));
  if (home === undefined) return 'is not a field of a connection';
  return `is not a field of a connection: it belongs ${home ? `in ${home}` : 'beside protocol'}`;
}
