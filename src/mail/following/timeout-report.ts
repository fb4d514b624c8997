import { ExchangeError } from '../../errors.js';
import type { Arrival } from './arrival.js';
import { describeRef } from './describe-ref.js';
import { describeFilter } from '../message/filter/filter.js';
import { explainArrival, type Explanation } from './explain-arrival.js';
import { likelyCauses } from './likely-causes.js';
import type { TimeoutFacts } from './timeout-facts.js';

/** How many messages are explained, the latest of them, and how many of a kind are listed. */
const mostExplained = 100;
const mostListed = 10;

/**
 * The error of a wait that ended without a message: what came instead, and what usually is the cause. What can't be
 * found out until the signal aborts, it says.
 */
export async function timeoutError(facts: TimeoutFacts, signal: AbortSignal): Promise<ExchangeError> {
  const { view, filter, address, limit, connection, folder } = facts;
  const handedOut = view.arrivals.filter((arrival) => view.wasHandedOut(arrival));
  const left = view.arrivals.filter((arrival) => !view.wasHandedOut(arrival));
  const explain = (arrival: Arrival): Promise<Explanation> => explainArrival(view, arrival, { filter, signal });
  const [explained, taken, unknown] = await Promise.all([
    explainAll(left, explain),
    explainAll(handedOut, explain),
    explainAll(
      view.unknown.filter(({ hasEnvelope }) => !hasEnvelope),
      explain,
    ),
  ]);
  const somethingCame = handedOut.length + left.length > 0;
  const lines = [
    `No message matched (${describeFilter(filter)}) ${limit}: ${address}, ${folder}, connection "${connection}".`,
    ...section(
      'Handed out before, so not again:',
      handedOut.map(({ ref }) => describeRef(ref)),
    ),
    ...section('Arrived, but no match (nearest first):', noMatches(explained)),
    ...section('Arrived, but could not be read:', unread(explained)),
    ...(somethingCame ? [] : ['  Nothing arrived for this address.']),
    ...section('Arrived, but the server does not say for whom:', unread(unknown)),
    ...section('Lies in Junk Email:', (facts.junk ?? []).map(describeRef)),
  ];
  const { trouble } = view.feed;
  return new ExchangeError('MESSAGE_TIMEOUT', lines.join('\n'), {
    advice: likelyCauses(facts, { somethingCame, taken: matching(taken) }),
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

/** The last of those that would have matched. */
function matching(explained: readonly Explained[]): string | undefined {
  return explained.find(({ explanation }) => 'mismatches' in explanation && explanation.mismatches.length === 0)?.text;
}

function unread(explained: readonly Explained[]): string[] {
  return explained.flatMap(({ text, explanation }) =>
    'unread' in explanation ? [withReasons(text, [explanation.unread])] : [],
  );
}

function withReasons(text: string, reasons: readonly string[]): string {
  return [text, ...reasons.map((reason) => `      ${reason}`)].join('\n');
}

function section(title: string, entries: readonly string[]): string[] {
  if (entries.length === 0) return [];
  const left = entries.length - mostListed;
  const listed = [...entries.slice(0, mostListed), ...(left > 0 ? [`and ${left} more`] : [])];
  return [`  ${title}`, ...listed.map((entry) => `    ${entry}`)];
}
