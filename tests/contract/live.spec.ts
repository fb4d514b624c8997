import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { resolveConnection } from '../../src/config/resolve-connection.js';
import { loadEnvironment } from '../../src/config/environment.js';
import type { ConnectionDefinitions } from '../../src/config/index.js';
import { composeMessage } from '../../src/mail/message/compose.js';
import { openConnection } from '../../src/mail/open-connection.js';
import { openTransport } from '../../src/mail/open-transport.js';
import type { FolderPath, MailTransport, MessageRef } from '../../src/mail/transport.js';
import { createHttpClient } from '../../src/network/create-http-client.js';
import { describeContract } from './contract.js';
import type { ContractServer } from './contract-server.js';

/** Any connection: PLAYWRIGHT_EXCHANGE_LIVE names it, in exchange.config.ts or in the file of the second variable. */
const name = process.env['PLAYWRIGHT_EXCHANGE_LIVE'];
const file = process.env['PLAYWRIGHT_EXCHANGE_LIVE_CONFIG'] ?? 'exchange.config.ts';

if (name) describeContract(`${name}, live`, () => startServer(name));

async function startServer(connection: string): Promise<ContractServer> {
  const { default: definitions } = (await import(pathToFileURL(resolve(file)).href)) as {
    default: ConnectionDefinitions;
  };
  const directory = process.cwd();
  const definition = definitions[connection];
  const environment = await loadEnvironment(directory);
  const resolved = await resolveConnection(connection, definition, environment);
  const http = createHttpClient({ proxy: resolved.proxy, ca: resolved.ca });
  const outside = await openTransport(resolved, { http, environment, directory });
  const began = new Date(Date.now() - 60_000);
  const delivered = new Set<string>();
  return {
    account: outside.address,
    lacks: ['backdating', 'trouble'],
    connect: ({ addressing } = {}) =>
      openConnection(connection, { ...definition, ...(addressing && { addressing }) }, environment),
    deliver: async ({ folder = 'inbox', bcc, from = outside.address, to, ...mail }) => {
      const headers = bcc ? { 'Delivered-To': bcc } : {};
      const message = await composeMessage({ ...mail, from, to: [to].flat(), headers }, { keepBcc: false });
      delivered.add(message.messageId);
      await outside.append(await outside.folder(folder), message);
    },
    move: async (subject, from, to) => {
      await outside.move(await find(outside, from, began, (ref) => ref.subject === subject), await outside.folder(to));
    },
    isRead: async (subject) => (await find(outside, 'inbox', began, (ref) => ref.subject === subject))[0]?.isRead,
    disturb: () => Promise.reject(new Error('a live server is left in peace')),
    [Symbol.asyncDispose]: async () => {
      const isOurs = ({ messageId, from }: MessageRef): boolean =>
        delivered.has(messageId) || from?.address.toLowerCase() === outside.address.toLowerCase();
      for (const folder of ['inbox', 'junkemail', 'deleteditems', 'sentitems'] as const) {
        await outside.delete(await find(outside, folder, began, isOurs));
      }
      await outside[Symbol.asyncDispose]();
      http.close();
    },
  };
}

async function find(
  transport: MailTransport,
  path: FolderPath,
  since: Date,
  wanted: (ref: MessageRef) => boolean,
): Promise<MessageRef[]> {
  const folder = await transport.folder(path);
  const { messages } = await transport.arrivals(folder, await transport.position(folder, { since }));
  return messages.filter(wanted);
}
