import { sandboxConnection } from '../dist/config/index.js';
import { recordTraffic } from './traffic.mjs';

/** @typedef {'ews' | 'imap'} Protocol */

/** How to tell on the wire what a client asks for and gets. */
const patterns = {
  ews: { request: /POST \S+ HTTP/g, source: /<t:MimeContent/g },
  imap: { request: /^\w+ (?:UID )?[A-Z]+/gm, source: /BODY\[\](?:<\d+>)? \{/g },
};

/**
 * A connection's definition whose traffic is counted.
 * @param {import('playwright-exchange/sandbox').Sandbox} sandbox
 * @param {Protocol} protocol
 * @param {string} user
 */
export async function countedConnection(sandbox, protocol, user) {
  const definition = sandboxConnection({ protocol, user, env: sandbox.env });
  const traffic = await recordTraffic(protocol === 'ews' ? Number(new URL(sandbox.url).port) : sandbox.imap.port);
  const { request, source } = patterns[protocol];
  return {
    definition: {
      ...definition,
      host: protocol === 'ews' ? `http://127.0.0.1:${traffic.port}` : `127.0.0.1:${traffic.port}`,
    },
    counts: () => ({
      connections: traffic.connections(),
      requests: [...traffic.sent().matchAll(request)].length,
      fetched: [...traffic.received().matchAll(source)].length,
    }),
    close: () => traffic.close(),
  };
}
