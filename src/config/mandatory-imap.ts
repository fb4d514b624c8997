import { isLoopback } from './clouds.js';
import type { Fault } from './fault.js';
import { splitHost } from './server-address.js';

type Fields = Readonly<Record<string, unknown>>;

/** What an IMAP definition's fields may not say together. */
export function imapFaults(definition: Fields): Fault[] {
  const { smtp } = definition;
  if (typeof smtp !== 'object' || smtp === null) return serverFaults(definition, '', definition);
  const fields: Fields = { ...smtp };
  return [
    ...serverFaults(definition, '', definition),
    ...serverFaults(fields, 'smtp.', 'host' in fields ? fields : definition),
  ];
}

/** What is sent in clear text, a password or a token first, must not leave this machine. */
function serverFaults({ host, port, security }: Fields, prefix: string, named: Fields): Fault[] {
  const faults: Fault[] = [];
  if (security === 'none' && !isOfThisMachine(named)) {
    faults.push({ field: `${prefix}security`, problem: `'none' is accepted for a host on this machine only` });
  }
  if (port !== undefined && typeof host === 'string' && host.includes(':')) {
    faults.push({ field: `${prefix}port`, problem: 'is given twice: host has a port too' });
  }
  return faults;
}

/** Of a host whose variable is not set it can't be told; that it is not set is said already. */
function isOfThisMachine(named: Fields): boolean {
  const { host } = named;
  return typeof host === 'string' ? isLoopback(splitHost(host).host) : 'host' in named;
}
