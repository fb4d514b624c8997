import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Faults } from '../faults.js';
import type { Service } from '../requests/service.js';
import type { MailStore } from '../store/store.js';
import type { Tokens } from '../identity/tokens/tokens.js';

/** What every door of the sandbox opens onto. */
export interface SandboxRooms {
  readonly store: MailStore;
  readonly tokens: Tokens;
  readonly faults: Faults;
}

/** What is known of an HTTP door before it is opened. */
export interface DoorSign {
  /**
   * Web pages of other origins may send it requests: what they can do hangs on a token that the page has to hold. Else
   * programs are served, pages of the sandbox's own, and who follows a link to here.
   */
  readonly isOpenToPages: boolean;
  /** Whether a path is this door's. */
  readonly owns: (path: string) => boolean;
  /** Which service a path of its own belongs to; nothing where its requests are not kept. */
  readonly serviceAt: (path: string) => Service | undefined;
}

/** An HTTP door: answers the requests below its paths. */
export interface HttpDoor extends DoorSign {
  handle(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void>;
  /** Cuts every connection that is still open, and stops all timers. */
  close(): void;
}
