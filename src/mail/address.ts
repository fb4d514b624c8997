import { randomInt } from 'node:crypto';
import { domainToUnicode } from 'node:url';
import { isAddress } from '../input/is-address.js';
import type { Address, MessageRef } from './transport.js';
import { matchesText, type TextPattern } from './message/text-pattern.js';

const tagAlphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';
const tagLength = 7;

/** A new address of its own for a test: `addressing` is 'plus' or a pattern with `{tag}`. */
export function createOwnAddress(addressing: string, account: string): string {
  const tag = Array.from({ length: tagLength }, () => tagAlphabet[randomInt(tagAlphabet.length)]).join('');
  return addressing === 'plus' ? account.replace('@', `+${tag}@`) : addressing.replaceAll('{tag}', tag);
}

/** Whether a message was addressed or delivered to an address, in any case. */
export function isAddressedTo(message: MessageRef, address: string): boolean {
  return recipients(message).some((recipient) => isSameAddress(recipient, address));
}

export function recipients(message: MessageRef): string[] {
  return [...message.to, ...message.cc].map(({ address }) => address).concat(message.deliveredTo);
}

/** `Name <address>`, or the address alone where it has no name of its own. */
export function formatAddress({ name, address }: Address): string {
  return name && name !== address ? `${name} <${address}>` : address;
}

/**
 * An address as a string matches whole, with the name before it where it has one: `Ada <ada@contoso.com>`. Any
 * other string, and a regular expression, matches name or address.
 */
export function matchesAddress(candidate: Address, pattern: TextPattern): boolean {
  const [, name = '', bracketed] = typeof pattern === 'string' ? (/^([^<]*)<([^<>]+)>\s*$/.exec(pattern) ?? []) : [];
  const wanted = bracketed ?? pattern;
  if (typeof wanted === 'string' && isAddress(wanted)) {
    const unquoted = name.trim().replace(/^"(.*)"$/s, '$1');
    return isSameAddress(candidate.address, wanted) && matchesText(candidate.name, unquoted);
  }
  return [candidate.address, candidate.name, formatAddress(candidate)].some((text) => matchesText(text, pattern));
}

/** In any case; a domain beyond ASCII in either of its forms. */
export function isSameAddress(one: string, other: string): boolean {
  const [first, second] = [one.trim().toLowerCase(), other.trim().toLowerCase()];
  return first === second || (isBeyondAscii(first + second) && comparable(first) === comparable(second));
}

function isBeyondAscii(text: string): boolean {
  return /[^\0-\x7f]|\bxn--/.test(text);
}

function comparable(address: string): string {
  const at = address.lastIndexOf('@') + 1;
  return (address.slice(0, at) + (domainToUnicode(address.slice(at)) || address.slice(at))).normalize();
}
