import { jsonAnswer, odataVersion, type GraphAnswer } from './graph-answer.js';
import { badRequest, errorAnswer, GraphError } from './graph-error.js';
import { isRecord, readGraphRequest, readJson, type GraphRequest } from './graph-request.js';

/** One request of a batch. */
interface Step {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly dependsOn: readonly string[];
}

const maxSteps = 20;

/**
 * Answers the requests of a batch, each after those that it depends on.
 * https://learn.microsoft.com/graph/json-batching
 * @throws GraphError BadRequest, where the batch itself is not as it should be
 */
export async function answerBatch(
  request: GraphRequest,
  answerStep: (step: GraphRequest) => Promise<GraphAnswer>,
): Promise<GraphAnswer> {
  const statuses = new Map<string, number>();
  const responses: object[] = [];
  for (const step of inOrder(readSteps(request))) {
    const hasFailed = step.dependsOn.some((id) => (statuses.get(id) ?? 0) >= 400);
    const answer = hasFailed ? failedDependency(request) : await answerStep(stepRequest(step, request));
    statuses.set(step.id, answer.status);
    responses.push(responseOf(step, answer));
  }
  return jsonAnswer({ responses });
}

function readSteps(request: GraphRequest): Step[] {
  const { requests } = readJson(request);
  if (!Array.isArray(requests) || requests.length === 0) throw badRequest('Invalid batch payload format.');
  if (requests.length > maxSteps) {
    throw badRequest(`Number of batch request steps exceeds the maximum value of ${maxSteps}.`);
  }
  const steps = requests.map(readStep);
  const ids = new Set(steps.map(({ id }) => id));
  if (ids.size < steps.length) throw badRequest('The ids of the requests of a batch have to be unique.');
  const missing = steps.flatMap(({ dependsOn }) => dependsOn).find((id) => !ids.has(id));
  if (missing !== undefined) throw badRequest(`The batch has no request '${missing}' to depend on.`);
  return steps;
}

function readStep(value: unknown): Step {
  const { id, method, url, headers, body, dependsOn } = isRecord(value) ? value : {};
  if (typeof id !== 'string' || typeof method !== 'string' || typeof url !== 'string') {
    throw badRequest("Every request of a batch needs an 'id', a 'method' and a 'url'.");
  }
  const named = Object.entries(isRecord(headers) ? headers : {}).map(([name, text]) => [name.toLowerCase(), text]);
  const step = { id, method: method.toUpperCase(), url, headers: Object.fromEntries(named) as Step['headers'], body };
  const isWrite = ['POST', 'PATCH', 'PUT'].includes(step.method);
  const hasType = step.headers['content-type'] !== undefined;
  // Graph refuses the whole batch, also where the action takes no body: it wants an empty one then.
  if ((isWrite && (body === undefined || !hasType)) || (body !== undefined && !hasType)) {
    throw badRequest(`Write request id : ${id} does not contain Content-Type header or body.`);
  }
  return { ...step, dependsOn: Array.isArray(dependsOn) ? dependsOn.map(String) : [] };
}

function inOrder(steps: readonly Step[]): Step[] {
  const ordered: Step[] = [];
  const waiting = new Set(steps);
  while (waiting.size > 0) {
    const ready = [...waiting].filter(({ dependsOn }) =>
      dependsOn.every((id) => ordered.some((each) => each.id === id)),
    );
    if (ready.length === 0) throw badRequest('The requests of the batch depend on each other in a circle.');
    for (const step of ready) waiting.delete(step);
    ordered.push(...ready);
  }
  return ordered;
}

/** It is made in the name of the batch: with its token, and below the same version. */
function stepRequest(step: Step, batch: GraphRequest): GraphRequest {
  const url = new URL(`${batch.root}/${step.url.replace(/^\//, '')}`);
  const headers = { ...step.headers, authorization: batch.headers['authorization'] };
  return readGraphRequest({ method: step.method, url, headers, body: bodyOf(step) });
}

/** JSON stands as it is, text as a text, anything else as base64url (OData JSON Format 4.01, section 19). */
function bodyOf({ body, headers }: Step): Buffer {
  if (body === undefined || body === null) return Buffer.alloc(0);
  if (typeof body !== 'string') return Buffer.from(JSON.stringify(body));
  return Buffer.from(body, headers['content-type']?.startsWith('text/') ? 'utf8' : 'base64url');
}

/** What is no JSON is given as base64. */
function responseOf({ id }: Step, answer: GraphAnswer): object {
  const { status, headers, content } = answer;
  const type = content && { 'Content-Type': content.type };
  const body = content && ('json' in content ? content.json : content.octets.toString('base64'));
  return {
    id,
    status,
    headers: { 'Cache-Control': 'no-cache', ...odataVersion(answer), ...headers, ...type },
    ...(body !== undefined && { body }),
  };
}

function failedDependency(request: GraphRequest): GraphAnswer {
  const message = 'A request that this one depends on has failed.';
  return errorAnswer(new GraphError(424, 'FailedDependency', { message }), request);
}
