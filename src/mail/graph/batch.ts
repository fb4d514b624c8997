import type { IncomingHttpHeaders } from 'node:http';
import { ExchangeError } from '../../errors.js';
import { retryAfterOf } from '../../network/retry-after.js';
import { patienceFor } from '../../async/retry.js';
import { sleep } from '../../async/sleep.js';
import { batches } from '../../async/batches.js';
import { fields, text, type GraphAnswer } from './graph-answer.js';

/**
 * A request within a batch. Graph refuses a whole batch where a POST or PATCH in it has no body, even an action that
 * takes none: https://github.com/microsoftgraph/msgraph-sdk-dotnet/issues/2628
 */
export type BatchRequest = {
  /** Below the service's root, with its query. */
  readonly path: string;
  readonly prefer?: string;
} & (
  | { readonly method: 'GET' | 'DELETE'; readonly body?: never }
  | { readonly method: 'POST' | 'PATCH'; readonly body: object }
);

export interface BatchContext {
  readonly signal: AbortSignal;
  /** Sends a batch's JSON and resolves with its answer's. */
  readonly post: (body: string) => Promise<unknown>;
  /** What an answer that is no success means. */
  readonly failure: (answer: GraphAnswer) => ExchangeError;
}

/** https://learn.microsoft.com/graph/json-batching#batch-size-limitations */
const maxRequests = 20;
/** Milliseconds to stay away where the answer does not say. */
const defaultPause = 500;

/** Sends requests in batches, one after the other; the answers come in the order of the requests. */
export async function readBatch(requests: readonly BatchRequest[], context: BatchContext): Promise<GraphAnswer[]> {
  const all = requests.map((request, index) => ({ request, index, size: 0 }));
  const answers: GraphAnswer[] = [];
  for (const batch of batches(all, { count: maxRequests })) {
    answers.push(
      ...(await readOne(
        batch.map(({ request }) => request),
        context,
      )),
    );
  }
  return answers;
}

/** What is throttled within a batch is asked for again, as long as something gets through. */
async function readOne(requests: readonly BatchRequest[], context: BatchContext): Promise<GraphAnswer[]> {
  const answers = new Map<number, GraphAnswer>();
  for (;;) {
    const open = requests.map((_, index) => index).filter((index) => !answers.has(index));
    const round = readAnswers(await context.post(format(requests, open)));
    const throttled: GraphAnswer[] = [];
    for (const index of open) {
      const answer = round.get(String(index));
      if (!answer) throw new ExchangeError('PROTOCOL', 'the answer to a batch lacks one of its requests');
      if (answer.status === 429 || answer.status === 503) throttled.push(answer);
      else answers.set(index, answer);
    }
    if (throttled.length === 0) return requests.map((_, index) => answers.get(index)!);
    if (throttled.length === requests.length) throw context.failure(throttled[0]!);
    // What alone does not get through is not held up by what is throttled.
    if (throttled.length === open.length)
      return requests.map((_, index) => answers.get(index) ?? round.get(`${index}`)!);
    const pauses = throttled.map(({ headers }) => retryAfterOf(headers) ?? defaultPause);
    await sleep(patienceFor(Math.max(...pauses)), context.signal);
  }
}

function format(requests: readonly BatchRequest[], indexes: readonly number[]): string {
  return JSON.stringify({
    requests: indexes.map((index) => {
      const { method, path, body, prefer } = requests[index]!;
      const headers = { ...(prefer && { Prefer: prefer }), ...(body && { 'Content-Type': 'application/json' }) };
      return { id: String(index), method, url: path, headers, ...(body && { body }) };
    }),
  });
}

/** By their ids: they come in any order. */
function readAnswers(body: unknown): Map<string, GraphAnswer> {
  const { responses } = fields(body);
  if (!Array.isArray(responses)) throw new ExchangeError('PROTOCOL', 'the answer to a batch holds no responses');
  return new Map(
    responses
      .map(fields)
      .map((answer) => [
        text(answer['id']),
        { status: Number(text(answer['status'])), headers: lowerCase(fields(answer['headers'])), body: answer['body'] },
      ]),
  );
}

function lowerCase(headers: Readonly<Record<string, unknown>>): IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), text(value)]));
}
