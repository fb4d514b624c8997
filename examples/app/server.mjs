import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { Accounts } from './accounts.mjs';
import { Mails } from './mails.mjs';
import { errorPage } from './pages.mjs';
import { createRoutes } from './routes.mjs';

/**
 * Starts the application on a free port of this machine.
 * @param {{ smtp: string }} options the mail server: `smtp://host:port`
 * @returns {Promise<string>} the application's URL
 */
export async function startApplication({ smtp }) {
  const routes = createRoutes({ accounts: new Accounts(), mails: new Mails(smtp) });
  /** @type {Map<string, import('./accounts.mjs').Account>} */
  const sessions = new Map();

  const server = createServer(async (request, response) => {
    const answer = await respond(request).catch(failed);
    if (answer.signIn) response.setHeader('Set-Cookie', openSession(answer.signIn));
    if (answer.location) response.writeHead(303, { Location: answer.location }).end();
    else response.writeHead(answer.status ?? 200, contentType(answer.type ?? 'text/html')).end(answer.page);
  });

  /**
   * @param {import('node:http').IncomingMessage} request
   * @returns {Promise<import('./routes.mjs').Answer>}
   */
  async function respond(request) {
    const url = new URL(request.url ?? '/', `http://${request.headers.host}`);
    const route = routes[`${request.method} ${url.pathname}`];
    if (!route) return { status: 404, page: errorPage('Page not found') };
    const session = /session=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1];
    const account = session === undefined ? undefined : sessions.get(session);
    return await route({ url, form: new URLSearchParams(await text(request)), account });
  }

  /** @param {import('./accounts.mjs').Account} account */
  function openSession(account) {
    const session = randomUUID();
    sessions.set(session, account);
    return `session=${session}; Path=/; HttpOnly; SameSite=Lax`;
  }

  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return `http://127.0.0.1:${port}`;
}

/**
 * @param {unknown} error
 * @returns {import('./routes.mjs').Answer}
 */
function failed(error) {
  console.error(error);
  return { status: 500, page: errorPage('Something went wrong') };
}

/** @param {string} type */
function contentType(type) {
  return { 'Content-Type': `${type}; charset=utf-8` };
}
