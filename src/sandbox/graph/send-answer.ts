import type { ServerResponse } from 'node:http';
import { octetsOf, odataVersion, type GraphAnswer } from './graph-answer.js';
import type { GraphRequest } from './graph-request.js';

export function sendAnswer(response: ServerResponse, request: GraphRequest, answer: GraphAnswer): void {
  const octets = octetsOf(answer.content);
  response.writeHead(answer.status, headersOf(request, answer, octets.length)).end(octets);
}

/** Sends the first half, and hangs up. */
export function cutAnswer(response: ServerResponse, request: GraphRequest, answer: GraphAnswer): void {
  const octets = octetsOf(answer.content);
  response.writeHead(answer.status, headersOf(request, answer, octets.length));
  response.write(octets.subarray(0, octets.length / 2), () => response.destroy());
}

function headersOf(request: GraphRequest, answer: GraphAnswer, length: number): Record<string, string | number> {
  const { status, headers, content } = answer;
  return {
    'Cache-Control': 'private',
    'request-id': request.requestId,
    'client-request-id': request.clientRequestId,
    ...odataVersion(answer),
    ...headers,
    ...(content && { 'Content-Type': content.type }),
    ...(status !== 204 && { 'Content-Length': length }),
  };
}
