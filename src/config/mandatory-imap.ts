import { isLoopback } from './clouds.js';
import type { Fault } from './fault.js';
import { splitHost } from './server-address.js';

type Fields = Readonly<Record<string, unknown>>;

/** What an IMAP definition's fields may not say together. */
export function imapFaults(definition: Fields): Fault[] {
  const { smtp } = definition;
  if (typeof smtp !== 'object' || smtp === null) return serverFaults(definition, '', definition['host']);
  const fields: Fields = { ...smtp };
  return [
    ...serverFaults(definition, '', definition['host']),
    ...serverFaults(fields, 'smtp.', fields['host'] ?? definition['host']),
  ];
}

/** What is sent in clear text, a password or a token first, must not leave this machine. */
function serverFaults({ host, port, security }: Fields, prefix: string, effective: unknown): Fault[] {
  const faults: Fault[] = [];
  if (security === 'none' && !(typeof effective === 'string' && isLoopback(splitHost(effective).host))) {
    faults.push({ field: `${prefix}security`, problem: `'none' is accepted for a host on this machine only` });
  }
  if (port !== undefined && typeof host === 'string' && host.includes(':')) {
    faults.push({ field: `${prefix}port`, problem: 'is given twice: host has a port too' });
  }
  return faults;
}
