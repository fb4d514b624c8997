import type { DoorSign } from '../server/door.js';

/** Where pages are told what has changed. */
export const eventsPath = '/sandbox/events';

/** Where the pictures in a message's text are: asked for by pages that have no origin, whoever shows them. */
export const inlinePath = '/sandbox/inline';

const inboxPath = /^\/(?:$|sandbox\/(?:events$|page\/|(?:messages|requests)(?:\/|$)))/;

/** Where the page that people look at is, with what it asks for. */
export const inboxSign: DoorSign = {
  isOpenToPages: false,
  owns: (path) => inboxPath.test(path),
  serviceAt: () => undefined,
};

/** Where the pictures in mails' texts are. */
export const inlineImagesSign: DoorSign = {
  isOpenToPages: true,
  owns: (path) => path.startsWith(`${inlinePath}/`),
  serviceAt: () => undefined,
};
