import type { HttpDoor } from '../server/door.js';
import { inlineImagesSign, inlinePath } from './inbox-signs.js';
import { inlineImageOf } from './message-files.js';
import type { MessageJournal } from './message-journal.js';
import { followRoute, type Route } from '../server/routes.js';
import { immutableIdOf } from './sandbox-message.js';

/**
 * The pictures in mails' texts. A mail is shown without an origin, so to the browser they are somebody else's: whoever asks
 * has to know the message's id, which nobody can guess.
 */
export function createInlineImagesDoor(journal: MessageJournal): HttpDoor {
  const route: Route = {
    path: new RegExp(`^${inlinePath}/([\\w-]+)/(\\d{1,6})$`),
    methods: {
      GET: async ({ names: [id = '', index] }) => {
        const message = journal.byId(immutableIdOf(id));
        return message && inlineImageOf(message, Number(index));
      },
    },
  };
  return {
    ...inlineImagesSign,
    handle: (request, response, url) => followRoute([route], request, response, url),
    close() {},
  };
}
