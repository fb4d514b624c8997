import { ExchangeError } from '../../errors.js';
import { recipients } from '../address.js';
import type { Arrival } from './arrival.js';
import { describeRef } from './describe-ref.js';
import { describeFilter, type MessageFilter } from '../message/filter/filter.js';
import { explainArrival, type Explanation } from './explain-arrival.js';
import type { FolderView } from './folder-view.js';
import type { MessageRef } from '../transport.js';

/** Everything that can be said about a message that did not come. */
export interface TimeoutFacts {
  readonly connection: string;
  readonly address: string;
  /** The account's address, where `address` is one of a test's own. */
  readonly account: string;
  readonly filter: MessageFilter;
  /** `within 60 s`. */
  readonly limit: string;
  readonly view: FolderView;
  readonly folder: string;
  /** What lies in Junk Email for the address; nothing where that could not be found out. */
  readonly junk: readonly MessageRef[] | undefined;
}

/** How many messages are explained, the latest of them, and how many of a kind are listed. */
const mostExplained = 100;
const mostListed = 10;

/**
 * The error of a wait that ended without a message: what came instead, and what usually is the cause. What can't be
 * found out until the signal aborts, it says.
 */
export async function timeoutError(facts: TimeoutFacts, signal: AbortSignal): Promise<ExchangeError> {
  const { view, filter, address, limit, connection, folder } = facts;
  const handedOut = view.arrivals.filter((arrival) => view.wasHandedOut(arrival)).map(({ ref }) => describeRef(ref));
  const left = view.arrivals.filter((arrival) => !view.wasHandedOut(arrival));
  const explain = (arrival: Arrival): Promise<Explanation> => explainArrival(view, arrival, { filter, signal });
  const explained = await explainAll(left, explain);
  const unknown = await explainAll(
    view.unknown.filter(({ hasEnvelope }) => !hasEnvelope),
    explain,
  );
  const somethingCame = handedOut.length + left.length > 0;
  const lines = [
    `No message matched (${describeFilter(filter)}) ${limit}: ${address}, ${folder}, connection "${connection}".`,
    ...section('Handed out before, so not again:', handedOut),
    ...section('Arrived, but no match (nearest first):', noMatches(explained)),
    ...section('Arrived, but could not be read:', unread(explained)),
    ...(somethingCame ? [] : ['  Nothing arrived for this address.']),
    ...section('Arrived, but the server does not say for whom:', unread(unknown)),
    ...section('Lies in Junk Email:', (facts.junk ?? []).map(describeRef)),
  ];
  const { trouble } = view.feed;
  return new ExchangeError('MESSAGE_TIMEOUT', lines.join('\n'), {
    advice: likelyCauses(facts, somethingCame),
    ...(trouble && { cause: trouble }),
  });
}

interface Explained {
  readonly text: string;
  readonly explanation: Explanation;
}

/** The latest first. */
async function explainAll(
  arrivals: readonly Arrival[],
  explain: (arrival: Arrival) => Promise<Explanation>,
): Promise<Explained[]> {
  const latest = arrivals.slice(-mostExplained).toReversed();
  return await Promise.all(
    latest.map(async (arrival) => {
      const explanation = await explain(arrival);
      return { text: describeRef(arrival.ref), explanation };
    }),
  );
}

function noMatches(explained: readonly Explained[]): string[] {
  const missed = explained.flatMap(({ text, explanation }) =>
    'mismatches' in explanation ? [{ text, reasons: explanation.mismatches }] : [],
  );
  return missed
    .toSorted((one, other) => one.reasons.length - other.reasons.length)
    .map(({ text, reasons }) => withReasons(text, reasons));
}

function unread(explained: readonly Explained[]): string[] {
  return explained.flatMap(({ text, explanation }) =>
    'unread' in explanation ? [withReasons(text, [explanation.unread])] : [],
  );
}

function withReasons(text: string, reasons: readonly string[]): string {
  return [text, ...reasons.map((reason) => `      ${reason}`)].join('\n');
}

function likelyCauses(facts: TimeoutFacts, somethingCame: boolean): string[] {
  const { view, address, account, junk } = facts;
  const causes: string[] = [];
  if (view.feed.trouble) causes.push(`The connection was failing: ${view.feed.trouble.message.split('\n')[0]}`);
  if (junk && junk.length > 0)
    causes.push(`Junk Email took it: mark the sender as safe, or wait in { folder: 'junkemail' }.`);
  const others = view.others.map(({ ref }) => ref);
  const bounce = others.find(isBounce);
  if (bounce) causes.push(`A bounce arrived: ${describeRef(bounce)}.`);
  const isOwn = address.toLowerCase() !== account.toLowerCase();
  const untagged = others.find((ref) => recipients(ref).some((to) => to.toLowerCase() === account.toLowerCase()));
  if (isOwn && untagged) {
    causes.push(`${describeRef(untagged)} went to ${account}: does the application strip the tag from the address?`);
  } else if (isOwn && !somethingCame) {
    causes.push(
      `Was the mail sent to exactly ${address}? A tag that is stripped, a Bcc and a mailing list hide it from this view.`,
    );
  }
  return causes;
}

/** RFC 3464 reports come from the mail system itself, with an empty reverse-path. */
function isBounce(ref: MessageRef): boolean {
  return (
    /^(postmaster|mailer-daemon|microsoftexchange)/i.test(ref.from?.address ?? '') ||
    /^undeliverable/i.test(ref.subject)
  );
}

function section(title: string, entries: readonly string[]): string[] {
  if (entries.length === 0) return [];
  const left = entries.length - mostListed;
  const listed = [...entries.slice(0, mostListed), ...(left > 0 ? [`and ${left} more`] : [])];
  return [`  ${title}`, ...listed.map((entry) => `    ${entry}`)];
}
