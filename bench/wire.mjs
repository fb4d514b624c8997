import { sandboxConnection } from '../dist/config/index.js';
import { recordTraffic } from './traffic.mjs';

/** @typedef {'ews' | 'imap' | 'graph'} Protocol */
/** @typedef {import('playwright-exchange/sandbox').Sandbox} Sandbox */

/** How to tell on the wire what a client asks for, and which messages it is given or, over Graph, asks for. */
const patterns = {
  ews: { request: /POST \S+ HTTP/g, source: /<t:MimeContent/g, side: 'received' },
  imap: { request: /^\w+ (?:UID )?[A-Z]+/gm, source: /BODY\[\](?:<\d+>)? \{/g, side: 'received' },
  graph: { request: /(?:GET|POST) \S+ HTTP/g, source: /\/\$value\b/g, side: 'sent' },
};

/**
 * A connection's definition whose traffic is counted.
 * @param {Sandbox} sandbox
 * @param {Protocol} protocol
 * @param {string} user
 */
export async function countedConnection(sandbox, protocol, user) {
  const traffic = await recordTraffic(protocol === 'imap' ? sandbox.imap.port : Number(new URL(sandbox.url).port));
  const { request, source, side } = patterns[protocol];
  return {
    definition: definitionBy(traffic.port, { sandbox, protocol, user }),
    counts: () => ({
      connections: traffic.connections(),
      requests: [...traffic.sent().matchAll(request)].length,
      fetched: [...(side === 'sent' ? traffic.sent() : traffic.received()).matchAll(source)].length,
    }),
    close: () => traffic.close(),
  };
}

/**
 * @param {number} port
 * @param {{ sandbox: Sandbox, protocol: Protocol, user: string }} options
 * @returns {import('playwright-exchange/config').ConnectionDefinition}
 */
function definitionBy(port, { sandbox, protocol, user }) {
  const url = /** @type {const} */ (`http://127.0.0.1:${port}`);
  if (protocol === 'graph') return sandboxConnection({ protocol, user, url });
  const definition = sandboxConnection({ protocol, user, env: sandbox.env });
  return { ...definition, host: protocol === 'ews' ? url : `127.0.0.1:${port}` };
}
