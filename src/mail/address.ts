import { randomInt } from 'node:crypto';
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
  const wanted = address.toLowerCase();
  return recipients(message).some((recipient) => recipient.toLowerCase() === wanted);
}

export function recipients(message: MessageRef): string[] {
  return [...message.to, ...message.cc].map(({ address }) => address).concat(message.deliveredTo);
}

/** `Name <address>`, or the address alone where it has no name of its own. */
export function formatAddress({ name, address }: Address): string {
  return name && name !== address ? `${name} <${address}>` : address;
}

/** An address as a string matches whole; any other string, and a regular expression, matches name or address. */
export function matchesAddress(candidate: Address, pattern: TextPattern): boolean {
  if (typeof pattern === 'string' && isAddress(pattern)) {
    return candidate.address.toLowerCase() === pattern.trim().toLowerCase();
  }
  return [candidate.address, candidate.name, formatAddress(candidate)].some((text) => matchesText(text, pattern));
}

export function isAddress(text: string): boolean {
  return /^[^\s@<>]+@[^\s@<>]+$/.test(text.trim());
}
