import { randomUUID } from 'node:crypto';
import type { RequestLog } from '../../requests/request-log.js';
import { LateError, postToEndpoint } from '../../webhook/post-to-endpoint.js';
import { GraphError } from '../graph-error.js';

/** Milliseconds that an endpoint has. */
const patience = 10_000;

/**
 * Asks an endpoint to give back a token, in plain text and with 200, before anything is sent to it.
 * https://learn.microsoft.com/graph/change-notifications-delivery-webhooks#notificationurl-validation
 * @throws GraphError ValidationError
 */
export async function validateEndpoint(
  url: string,
  { requests, signal }: { readonly requests: RequestLog; readonly signal: AbortSignal },
): Promise<void> {
  const token = `Validation: Testing client application reachability for subscription Request-Id: ${randomUUID()}`;
  const endpoint = new URL(url);
  endpoint.searchParams.set('validationToken', token);
  const title = `POST ${url} (validation)`;
  const type = 'text/plain; charset=utf-8';
  const request = { endpoint: endpoint.href, type, body: '', patience, signal, requests, title };
  const answer = await postToEndpoint(request).catch((error: unknown) => {
    throw refused(error instanceof LateError ? 'timed out.' : `failed. ${wanted}`);
  });
  if (answer.status !== 200) throw refused(`failed. ${wanted}`);
  if (!/^text\/plain\b/i.test(answer.type) || answer.text.trim() !== token)
    throw refused('failed. Response body must be the validation token in plain text.');
}

const wanted = 'Notification endpoint must respond with 200 OK to validation request.';

function refused(reason: string): GraphError {
  return new GraphError(400, 'ValidationError', { message: `Subscription validation request ${reason}` });
}
