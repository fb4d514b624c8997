import { ExchangeError } from '../../errors.js';
import { formatAddress, recipients } from '../address.js';
import type { Arrival } from './arrival.js';
import { describeFilter, mismatches, type MessageFilter } from '../message/filter.js';
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

/** The error of a wait that ended without a message: what came instead, and what usually is the cause. */
export async function timeoutError(facts: TimeoutFacts): Promise<ExchangeError> {
  const { view, filter, address, limit, connection, folder } = facts;
  const handedOut = view.arrivals.filter((arrival) => view.wasHandedOut(arrival)).map(({ ref }) => describe(ref));
  const missed = await explainArrivals(view, filter);
  const lines = [
    `No message matched (${describeFilter(filter)}) ${limit}: ${address}, ${folder}, connection "${connection}".`,
    ...section('Handed out before, so not again:', handedOut),
    ...section('Arrived, but no match (nearest first):', missed),
    ...(handedOut.length + missed.length === 0 ? ['  Nothing arrived for this address.'] : []),
    ...section('Lies in Junk Email:', (facts.junk ?? []).map(describe)),
  ];
  const { trouble } = view.feed;
  return new ExchangeError('MESSAGE_TIMEOUT', lines.join('\n'), {
    advice: likelyCauses(facts, handedOut.length + missed.length > 0),
    ...(trouble && { cause: trouble }),
  });
}

async function explainArrivals(view: FolderView, filter: MessageFilter): Promise<string[]> {
  const explained: { text: string; reasons: readonly string[] }[] = [];
  for (const arrival of view.arrivals.toReversed()) {
    if (view.wasHandedOut(arrival)) continue;
    explained.push({ text: describe(arrival.ref), reasons: await whyNot(view, arrival, filter) });
  }
  return explained
    .toSorted((one, other) => one.reasons.length - other.reasons.length)
    .slice(0, 10)
    .map(({ text, reasons }) => [text, ...reasons.map((reason) => `      ${reason}`)].join('\n'));
}

async function whyNot(view: FolderView, arrival: Arrival, filter: MessageFilter): Promise<string[]> {
  try {
    const message = await view.message(arrival);
    return message ? await mismatches(message, filter) : ['it was moved or deleted before it could be read'];
  } catch (error) {
    return [`it could not be read: ${error instanceof Error ? error.message : String(error)}`];
  }
}

function likelyCauses(facts: TimeoutFacts, somethingCame: boolean): string[] {
  const { view, address, account, junk } = facts;
  const causes: string[] = [];
  if (view.feed.trouble) causes.push(`The connection was failing: ${view.feed.trouble.message.split('\n')[0]}`);
  if (junk && junk.length > 0)
    causes.push(`Junk Email took it: mark the sender as safe, or wait in { folder: 'junkemail' }.`);
  const others = view.others.map(({ ref }) => ref);
  const bounce = others.find(isBounce);
  if (bounce) causes.push(`A bounce arrived: ${describe(bounce)}.`);
  const isOwn = address.toLowerCase() !== account.toLowerCase();
  const untagged = others.find((ref) => recipients(ref).some((to) => to.toLowerCase() === account.toLowerCase()));
  if (isOwn && untagged) {
    causes.push(`${describe(untagged)} went to ${account}: does the application strip the tag from the address?`);
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

function describe(ref: MessageRef): string {
  const from = ref.from ? formatAddress(ref.from) : 'nobody';
  return `${JSON.stringify(ref.subject)} from ${from}, received ${ref.receivedAt.toISOString().replace(/\.\d+Z$/, 'Z')}`;
}

function section(title: string, entries: readonly string[]): string[] {
  return entries.length > 0 ? [`  ${title}`, ...entries.map((entry) => `    ${entry}`)] : [];
}
