import type { IncomingMessage } from 'node:http';
import { isExchangeError } from '../../errors.js';
import { applyIdentityChanges, type IdentityRooms } from '../identity/identity-changes.js';
import type { ChangeStreams } from '../inbox/change-streams.js';
import { deliver } from '../delivery/deliver.js';
import { composeMail } from '../message/compose-mail.js';
import { jsonAnswer, type Answer } from '../server/answer.js';
import type { HttpDoor, SandboxRooms } from '../server/door.js';
import { parseJson } from '../server/parse-json.js';
import { readBody } from '../server/read-body.js';
import { done, followRoute, type Asked, type Route } from '../server/routes.js';
import { caPath, controlSign } from './control-sign.js';
import { faultStates } from './fault-states.js';
import { readInterruptions, type Interruptions } from './interruptions.js';
import { mergeFaults } from './merge-faults.js';
import { readMail } from './read-mail.js';

/** In octets. */
const maxRequest = 64 * 1024 * 1024;

export interface ControlRooms extends Pick<SandboxRooms, 'store' | 'faults'>, IdentityRooms {
  /** The pages that are open. */
  readonly changes: ChangeStreams;
  readonly interruptions: Interruptions;
  /** The certificate authority to trust, as PEM. */
  readonly ca: string;
}

/** The sandbox's own door: its controls for programs that are not the one that started it. */
export function createControlDoor(rooms: ControlRooms): HttpDoor {
  const { store, faults, changes, interruptions, ca } = rooms;
  const routes: readonly Route[] = [
    {
      path: /^\/sandbox\/faults$/,
      methods: {
        GET: () => jsonAnswer({ faults: faultStates(faults) }),
        POST: obey((json) => {
          mergeFaults(faults, json);
          changes.tell('faults');
          return jsonAnswer(faults);
        }),
      },
    },
    {
      path: /^\/sandbox\/identity$/,
      methods: {
        POST: obey((json) => {
          applyIdentityChanges(rooms, json);
          return done;
        }),
      },
    },
    {
      path: /^\/sandbox\/interrupt$/,
      methods: {
        POST: obey((json, { afterwards }) => {
          // Whoever asks is cut off too.
          for (const name of readInterruptions(json)) afterwards(() => interruptions[name]());
          return done;
        }),
      },
    },
    {
      path: /^\/sandbox\/deliver$/,
      methods: {
        POST: obey(async (json) => {
          await deliver(store, await composeMail(readMail(json)));
          return done;
        }),
      },
    },
    {
      path: new RegExp(`^${caPath}$`),
      methods: {
        GET: () => ({ status: 200, headers: { 'Content-Type': 'application/x-pem-file' }, body: ca }),
      },
    },
  ];
  return {
    ...controlSign,
    handle: (request, response, url) => followRoute(routes, request, response, url),
    close() {},
  };
}

type Control = (json: unknown, asked: Asked) => Answer | Promise<Answer>;

/** What a control makes of the JSON that it is sent; nothing where whoever sent it went away. */
function obey(control: Control): (asked: Asked) => Promise<Answer | undefined> {
  return async (asked) => {
    if (!isJson(asked.request)) return refusal('Content-Type: application/json is wanted', 415);
    const body = await readBody(asked.request, maxRequest);
    if (!body) return undefined;
    try {
      return await control(parseJson(body.toString()), asked);
    } catch (error) {
      const isWrong = error instanceof TypeError || error instanceof SyntaxError || isExchangeError(error);
      if (isWrong) return refusal(error.message, 400);
      throw error;
    }
  };
}

function isJson({ headers }: IncomingMessage): boolean {
  return /^application\/json\b/i.test(headers['content-type'] ?? '');
}

function refusal(error: string, status: number): Answer {
  return jsonAnswer({ error }, status);
}
