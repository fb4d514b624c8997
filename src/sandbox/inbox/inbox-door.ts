import type { RequestLog } from '../requests/request-log.js';
import type { HttpDoor } from '../server/door.js';
import type { MailStore } from '../store/store.js';
import type { ChangeStreams } from './change-streams.js';
import { eventsPath, inboxSign } from './inbox-signs.js';
import { messageRoutes } from './message-routes.js';
import type { MessageJournal } from './message-journal.js';
import { pageRoutes } from './page-routes.js';
import { requestRoutes } from './request-routes.js';
import { followRoute, type Route } from '../server/routes.js';
import type { Settings } from './settings.js';

export interface InboxRooms {
  readonly store: MailStore;
  readonly journal: MessageJournal;
  readonly requests: RequestLog;
  /** The pages that are open. */
  readonly changes: ChangeStreams;
}

/** The page at the sandbox's address, and what it shows: mails, and the requests that came to the doors. */
export function createInboxDoor({ store, journal, requests, changes }: InboxRooms, settings: () => Settings): HttpDoor {
  const tellOfMessages = () => changes.tell('messages');
  store.events.on('arrived', tellOfMessages).on('changed', tellOfMessages).on('removed', tellOfMessages);
  requests.events.on('changed', () => changes.tell('requests'));
  const routes: readonly Route[] = [
    ...pageRoutes(settings),
    ...messageRoutes(store, journal),
    ...requestRoutes(requests),
  ];
  return {
    ...inboxSign,
    async handle(request, response, url) {
      if (url.pathname === eventsPath) changes.open(response);
      else await followRoute(routes, request, response, url);
    },
    close: () => changes.close(),
  };
}
