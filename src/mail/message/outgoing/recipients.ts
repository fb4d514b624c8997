import { isAddress } from '../../../input/is-address.js';
import { kindOf } from '../../../input/kind-of.js';
import { textFault } from '../../../input/text-fault.js';
import type { Address } from '../../transport.js';

/** All that is wrong with the recipients of a field. Each text is one recipient: what separates several is refused. */
export function recipientFaults(field: string, value: unknown): string[] {
  return listOf(value).flatMap((recipient) => {
    const fault = typeof recipient === 'string' ? writtenFault(recipient) : addressFault(recipient);
    return fault === undefined ? [] : [`${field}: ${fault}`];
  });
}

/** The recipients of a field that has no faults. */
export function toAddresses(value: unknown): Address[] {
  return listOf(value).map((recipient) => {
    if (typeof recipient === 'string') return readWritten(recipient)!;
    const { name = '', address } = recipient as Partial<Address> & Pick<Address, 'address'>;
    return { name, address: address.trim() };
  });
}

/** What is there, one by one; what is undefined is left out. */
export function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? Array.from(value) : [value];
}

/** `QA Team <qa@contoso.com>`: RFC 5322 section 3.4. */
const withName = /^([^<>]*)<([^<>]+)>$/;

function writtenFault(text: string): string | undefined {
  const shown = JSON.stringify(text.slice(0, 200));
  const { name, address } = readWritten(text) ?? { name: '', address: '' };
  if (!isAddress(address)) return `${shown} is not an e-mail address`;
  const fault = nameFault(name);
  if (fault) return `the name in ${shown} ${fault}`;
  // Unquoted, they separate addresses.
  if (/[,;]/.test(name) && !isQuoted(text))
    return `${shown} is more than one recipient: write a list, or { name, address }`;
  return undefined;
}

function addressFault(recipient: unknown): string | undefined {
  if (typeof recipient !== 'object' || recipient === null || Array.isArray(recipient)) {
    return `must be 'qa@contoso.com', 'QA Team <qa@contoso.com>' or { name, address }, not ${kindOf(recipient)}`;
  }
  const { name = '', address } = recipient as { readonly name?: unknown; readonly address?: unknown };
  if (typeof address !== 'string') return `address must be a text, not ${kindOf(address)}`;
  if (!isAddress(address)) return `${JSON.stringify(address.slice(0, 200))} is not an e-mail address`;
  const fault = nameFault(name);
  return fault && `the name of ${address} ${fault}`;
}

function nameFault(name: unknown): string | undefined {
  return textFault(name, { longest: 500, mayBeEmpty: true });
}

/** Nothing where it has another form. */
function readWritten(text: string): Address | undefined {
  const trimmed = text.trim();
  const [, name, address] = withName.exec(trimmed) ?? [];
  if (name === undefined || address === undefined) return { name: '', address: trimmed };
  const bare = name.trim();
  return { name: isQuoted(trimmed) ? bare.slice(1, -1).replace(/\\(.)/g, '$1') : bare, address: address.trim() };
}

function isQuoted(text: string): boolean {
  return /^\s*"(?:[^"\\]|\\.)*"\s*</.test(text);
}
