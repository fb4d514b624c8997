import type { IncomingMessage, ServerResponse } from 'node:http';
import { isExchangeError } from '../../errors.js';
import { jsonAnswer, sendAnswer, type Answer } from '../server/answer.js';
import { composeMail } from '../message/compose-mail.js';
import type { HttpDoor, SandboxRooms } from '../server/door.js';
import { applyIdentityChanges, type IdentityRooms } from '../identity/identity-changes.js';
import type { ChangeStreams } from '../inbox/change-streams.js';
import { faultStates } from './fault-states.js';
import { mergeFaults } from './merge-faults.js';
import { parseJson } from '../server/parse-json.js';
import { readBody } from '../server/read-body.js';
import { readMail } from './read-mail.js';

/** Where the certificate authority to trust is found. */
export const caPath = '/sandbox/ca.pem';

/** In octets. */
const maxRequest = 64 * 1024 * 1024;

export interface ControlRooms extends Pick<SandboxRooms, 'store' | 'faults'>, IdentityRooms {
  /** The pages that are open. */
  readonly changes: ChangeStreams;
}

/** The sandbox's own door: what it is, and its controls for programs that are not the one that started it. */
export function createControlDoor({ store, faults, changes, ...identity }: ControlRooms, ca: string): HttpDoor {
  const controls: Readonly<Record<string, (json: unknown) => Promise<Answer>>> = {
    '/sandbox/faults': async (json) => {
      mergeFaults(faults, json);
      changes.tell('faults');
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
    '/sandbox/faults': () => jsonAnswer({ faults: faultStates(faults) }),
    [caPath]: () => ({ status: 200, headers: { 'Content-Type': 'application/x-pem-file' }, body: ca }),
  };
  return {
    isOpenToPages: false,
    serviceAt: () => undefined,
    owns: (path) => Object.hasOwn(pages, path) || Object.hasOwn(controls, path),
    async handle(request: IncomingMessage, response: ServerResponse, url: URL) {
      const { [url.pathname]: page } = pages;
      const { [url.pathname]: control } = controls;
      const answer = control && !(page && isLook(request)) ? await obey(request, control) : page?.();
      if (answer) sendAnswer(response, answer);
    },
    close() {},
  };
}

function isLook({ method }: IncomingMessage): boolean {
  return method === 'GET' || method === 'HEAD';
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
    const isWrong = error instanceof TypeError || error instanceof SyntaxError || isExchangeError(error);
    if (isWrong) return refusal(error.message, 400);
    throw error;
  }
}

function refusal(error: string, status: number): Answer {
  return jsonAnswer({ error }, status);
}
