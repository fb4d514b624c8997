import type { RequestLog } from '../requests/request-log.js';
import { jsonAnswer } from '../server/answer.js';
import { done, type Route } from '../server/routes.js';

/** The last requests of every door, and what they were answered. */
export function requestRoutes(requests: RequestLog): readonly Route[] {
  return [
    {
      path: /^\/sandbox\/requests$/,
      methods: {
        GET: () => jsonAnswer({ requests: requests.list().map((exchange) => exchange.summary()) }),
        DELETE: () => {
          requests.clear();
          return done;
        },
      },
    },
    {
      path: /^\/sandbox\/requests\/(\d{1,15})$/,
      methods: {
        GET: ({ names: [id] }) => {
          const exchange = requests.byId(Number(id));
          return exchange && jsonAnswer(exchange.whole());
        },
      },
    },
  ];
}
