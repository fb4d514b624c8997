import type { IncomingMessage, ServerResponse } from 'node:http';
import { htmlAnswer, jsonAnswer, sendAnswer, type Answer } from '../server/answer.js';
import { composeMail } from '../message/compose-mail.js';
import type { HttpDoor, SandboxRooms } from '../server/door.js';
import { homePage } from './home-page.js';
import { applyIdentityChanges, type IdentityRooms } from '../identity/identity-changes.js';
import { mergeFaults } from './merge-faults.js';
import { parseJson } from '../server/parse-json.js';
import { readBody } from '../server/read-body.js';
import { readMail } from './read-mail.js';

/** Where the certificate authority to trust is found. */
export const caPath = '/sandbox/ca.pem';

/** In octets. */
const maxRequest = 64 * 1024 * 1024;

/** The sandbox's own door: what it is, and its controls for programs that are not the one that started it. */
export function createControlDoor(
  { store, faults, ...identity }: SandboxRooms & IdentityRooms,
  connect: () => Readonly<Record<string, string>>,
  ca: string,
): HttpDoor {
  const controls: Readonly<Record<string, (json: unknown) => Promise<Answer>>> = {
    '/sandbox/faults': async (json) => {
      mergeFaults(faults, json);
      return jsonAnswer(faults);
    },
    '/sandbox/identity': async (json) => {
      applyIdentityChanges(identity, json);
      return { status: 204, body: '' };
    },
    '/sandbox/deliver': async (json) => {
      store.deliver(await composeMail(readMail(json)));
      return { status: 204, body: '' };
    },
  };
  const pages: Readonly<Record<string, () => Answer>> = {
    '/': () => htmlAnswer(homePage(connect())),
    [caPath]: () => ({ status: 200, headers: { 'Content-Type': 'application/x-pem-file' }, body: ca }),
  };
  return {
    isOpenToPages: false,
    owns: (path) => Object.hasOwn(pages, path) || Object.hasOwn(controls, path),
    async handle(request: IncomingMessage, response: ServerResponse, url: URL) {
      const control = controls[url.pathname];
      const answer = control ? await obey(request, control) : pages[url.pathname]?.();
      if (answer) sendAnswer(response, answer);
    },
    close() {},
  };
}

/** Nothing where whoever sent it went away. */
async function obey(
  request: IncomingMessage,
  control: (json: unknown) => Promise<Answer>,
): Promise<Answer | undefined> {
  if (request.method !== 'POST') return { ...refusal('POST is wanted', 405), headers: { Allow: 'POST' } };
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
    return refusal('Content-Type: application/json is wanted', 415);
  }
  const body = await readBody(request, maxRequest);
  if (!body) return undefined;
  try {
    return await control(parseJson(body.toString()));
  } catch (error) {
    if (error instanceof TypeError || error instanceof SyntaxError) return refusal(error.message, 400);
    throw error;
  }
}

function refusal(error: string, status: number): Answer {
  return jsonAnswer({ error }, status);
}
