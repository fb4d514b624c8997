import type { IncomingMessage, ServerResponse } from 'node:http';
import { onBody } from '../server/read-body.js';
import { outcomeOf, subjectOf } from './describe-http.js';
import { fieldLines, observeAnswer } from './observe-answer.js';
import type { RequestLog } from './request-log.js';
import type { Service } from './service.js';

/** Keeps a request over HTTP and its answer, however the door that it came to reads the one and writes the other. */
export function recordHttp(
  log: RequestLog,
  service: Service,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const line = `${request.method} ${request.url}`;
  const exchange = log.begin({ service, title: line });
  exchange.request.add(`${line}\n${fieldLines(request.headers)}\n`);
  onBody(request, (body) => {
    exchange.request.add(body);
    exchange.title = `${line} ${subjectOf(String(exchange.request))}`.trim();
  });
  observeAnswer(response, (data) => exchange.answer.add(data));
  response.once('close', () => {
    if (!response.headersSent) return exchange.end({ outcome: 'no answer', isFailure: true });
    const { outcome, isFailure } = outcomeOf(response.statusCode, String(exchange.answer));
    const isWhole = response.writableFinished;
    exchange.end({ outcome: isWhole ? outcome : `${outcome}, cut off`, isFailure: isFailure || !isWhole });
  });
}
