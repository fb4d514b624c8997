import { controlSign } from './control/control-sign.js';
import type { Interruptions } from './control/interruptions.js';
import type { EwsDoor, EwsDoorOptions } from './ews/door.js';
import type { RecordsOf } from './data/kept-map.js';
import { ewsSign } from './ews/ews-sign.js';
import type { GraphDoor } from './graph/graph-door.js';
import { graphSign } from './graph/graph-sign.js';
import type { Clock } from './identity/clock.js';
import type { Directory } from './identity/directory.js';
import type { IdentityDoorOptions } from './identity/identity-door.js';
import { identitySign } from './identity/identity-sign.js';
import type { IssuedTokens } from './identity/tokens/issued-tokens.js';
import type { ChangeStreams } from './inbox/change-streams.js';
import { inboxSign, inlineImagesSign } from './inbox/inbox-signs.js';
import type { MessageJournal } from './inbox/message-journal.js';
import type { Settings } from './inbox/settings.js';
import type { RequestLog } from './requests/request-log.js';
import type { HttpDoor, SandboxRooms } from './server/door.js';
import { LazyDoor } from './server/lazy-door.js';

export interface HttpDoorRooms extends SandboxRooms {
  readonly clock: Clock;
  readonly directory: Directory;
  readonly tokens: IssuedTokens;
  readonly requests: RequestLog;
  readonly records: RecordsOf;
  readonly journal: MessageJournal;
  /** The pages that are open. */
  readonly changes: ChangeStreams;
  readonly interruptions: Interruptions;
  /** The certificate authority to trust, as PEM. */
  readonly ca: string;
  /** What the sandbox is reached by. */
  readonly settings: () => Settings;
}

export interface HttpDoors {
  readonly ews: LazyDoor<EwsDoor>;
  readonly graph: LazyDoor<GraphDoor>;
  readonly all: readonly HttpDoor[];
}

/** The doors behind the port for HTTP, each loaded when somebody first comes to it. */
export function httpDoors(rooms: HttpDoorRooms, options: EwsDoorOptions & IdentityDoorOptions): HttpDoors {
  const ews = new LazyDoor(ewsSign, async () => (await import('./ews/door.js')).createEwsDoor(rooms, options));
  const graph = new LazyDoor(graphSign, async () => (await import('./graph/graph-door.js')).createGraphDoor(rooms));
  const identity = new LazyDoor(identitySign, async () => {
    const loading = import('./identity/identity-door.js');
    await rooms.tokens.key.prepare();
    return (await loading).createIdentityDoor(rooms, options);
  });
  const control = new LazyDoor(controlSign, async () =>
    (await import('./control/control-door.js')).createControlDoor(rooms),
  );
  const inbox = new LazyDoor(inboxSign, async () =>
    (await import('./inbox/inbox-door.js')).createInboxDoor(rooms, rooms.settings),
  );
  const images = new LazyDoor(inlineImagesSign, async () =>
    (await import('./inbox/inline-images-door.js')).createInlineImagesDoor(rooms.journal),
  );
  return { ews, graph, all: [ews, graph, identity, control, inbox, images] };
}
