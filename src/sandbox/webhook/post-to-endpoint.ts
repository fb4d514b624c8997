import { Limit } from '../../async/limit.js';
import type { Exchange } from '../requests/exchange.js';
import type { RequestLog } from '../requests/request-log.js';

/** Octets of an answer that are read. */
const maxAnswer = 16_384;

export interface EndpointRequest {
  readonly endpoint: string;
  readonly type: string;
  /** Beside Content-Type. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
  /** Milliseconds in which the endpoint has to answer. */
  readonly patience: number;
  readonly signal: AbortSignal;
  /** Where the attempt is kept, and how it is called there. */
  readonly requests: RequestLog;
  readonly title: string;
}

export interface EndpointAnswer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

/** Posts to an endpoint of the application, and follows it nowhere. Rejects where it does not answer 2xx in time. */
export async function postToEndpoint(request: EndpointRequest): Promise<EndpointAnswer> {
  const { endpoint, type, body, patience, signal, requests, title } = request;
  const exchange = requests.begin({ service: 'Webhook', title });
  exchange.request.add(body);
  const late = () => new LateError(`no answer in ${patience} milliseconds`);
  using limit = new Limit({ signal, timeout: patience, error: late });
  try {
    const headers = { ...request.headers, 'Content-Type': type };
    const init = { method: 'POST', headers, body, signal: limit.signal, redirect: 'manual' } as const;
    const response = await fetch(endpoint, init);
    const text = await readText(response);
    const outcome = `${response.status} ${response.statusText}`.trim();
    if (!response.ok) throw new Error(outcome);
    exchange.end({ outcome, isFailure: false });
    return { status: response.status, type: response.headers.get('content-type') ?? '', text };
  } catch (error) {
    fail(exchange, reasonOf(error));
    throw error;
  }
}

/** An endpoint did not answer in time. */
export class LateError extends Error {
  override readonly name = 'LateError';
}

export function fail(exchange: Exchange, outcome: string): void {
  exchange.end({ outcome, isFailure: true });
}

/** The beginning of an answer; what is too long is left. */
async function readText({ body }: Response): Promise<string> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of body ?? []) {
    pieces.push(piece);
    length += piece.length;
    if (length >= maxAnswer) break;
  }
  return Buffer.concat(pieces).toString('utf8', 0, maxAnswer);
}

/** Of a fetch that failed its cause says more than itself. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
