import { isSameAddress, recipients } from '../address.js';
import { matchesText } from '../message/text-pattern.js';
import type { MessageRef } from '../transport.js';
import { describeRef } from './describe-ref.js';
import { nearMiss } from './near-miss.js';
import type { TimeoutFacts } from './timeout-facts.js';

export interface WhatCame {
  readonly somethingCame: boolean;
  /** A message that would have matched, and was handed out before. */
  readonly taken: string | undefined;
}

/** How many messages that went to nearly the right address are told of. */
const mostNear = 3;

/** What usually is the cause of what was found, and what to do about it. */
export function likelyCauses(facts: TimeoutFacts, { somethingCame, taken }: WhatCame): string[] {
  const { view, address, junk, cutShort } = facts;
  const causes: string[] = [];
  if (view.feed.trouble) causes.push(`The connection was failing: ${view.feed.trouble.message.split('\n')[0]}`);
  if (junk && junk.length > 0)
    causes.push(`Junk Email took it: mark the sender as safe, or wait in { folder: 'junkemail' }.`);
  if (taken) {
    causes.push(
      brokenUp(taken, 'would match: unless a second one was to come, keep the first, or look again with find().'),
    );
  }
  const others = view.others.map(({ ref }) => ref);
  const bounce = others.find(isBounce);
  if (bounce) causes.push(`A bounce arrived: ${describeRef(bounce)}.`);
  const astray = wentAstray(facts, others);
  causes.push(...astray);
  if (astray.length === 0 && isOwn(facts) && !somethingCame) {
    causes.push(
      `Was the mail sent to exactly ${address}? A tag that is stripped, a Bcc and a mailing list hide it from this view.`,
    );
  }
  if (cutShort) causes.push(`Mail takes its time: raise the time-out of the test, to 120_000 say.`);
  return causes;
}

/** What went to the account instead of the test's own address, or to nearly that. */
function wentAstray(facts: TimeoutFacts, others: readonly MessageRef[]): string[] {
  if (!isOwn(facts)) return [];
  const { address, account, filter, elsewhere } = facts;
  const isWanted = ({ subject }: MessageRef): boolean =>
    filter.subject === undefined || matchesText(subject, filter.subject);
  const near = [...others, ...elsewhere].flatMap((ref) => {
    const misses = recipients(ref).flatMap((to) => {
      const miss = nearMiss(to, address);
      return miss ? [brokenUp(describeRef(ref), `went to ${to}: ${miss}.`)] : [];
    });
    return misses.slice(0, 1);
  });
  const untagged = others.filter((ref) => recipients(ref).some((to) => isSameAddress(to, account)));
  const stripped = untagged.findLast(isWanted) ?? untagged.at(-1);
  return [
    ...(stripped
      ? [brokenUp(describeRef(stripped), `went to ${account}: does the application strip the tag from the address?`)]
      : []),
    ...new Set(near.slice(-mostNear)),
  ];
}

/** On two lines: reports cut long ones off, and what to do stands at the end. */
function brokenUp(message: string, what: string): string {
  return `${message}\n    ${what}`;
}

function isOwn({ address, account }: TimeoutFacts): boolean {
  return !isSameAddress(address, account);
}

/** RFC 3464 reports come from the mail system itself, with an empty reverse-path. */
function isBounce(ref: MessageRef): boolean {
  return (
    /^(postmaster|mailer-daemon|microsoftexchange)/i.test(ref.from?.address ?? '') ||
    /^undeliverable/i.test(ref.subject)
  );
}
