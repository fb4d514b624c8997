import { jsonAnswer } from '../server/answer.js';
import type { MailStore, StoredMessage } from '../store/store.js';
import { findMessages, messagesOf } from './find-messages.js';
import { detailMessage } from './message-detail.js';
import { attachmentOf, emlOf, htmlOf, sourceOf } from './message-files.js';
import type { MessageJournal } from './message-journal.js';
import { done, type Asked, type Route } from '../server/routes.js';
import { immutableIdOf } from './sandbox-message.js';

/** Mailboxes that are listed. */
const maxMailboxes = 1000;

/** The messages of all mailboxes, for programs and for the page. */
export function messageRoutes(store: MailStore, journal: MessageJournal): readonly Route[] {
  const named = ({ names: [id = ''] }: Asked): StoredMessage | undefined => journal.byId(immutableIdOf(id));
  const about =
    <T>(answer: (message: StoredMessage, asked: Asked) => T) =>
    (asked: Asked): T | undefined => {
      const message = named(asked);
      return message && answer(message, asked);
    };
  return [
    {
      path: /^\/sandbox\/messages$/,
      methods: {
        GET: async ({ query, origin }) => {
          const mailbox = query.get('mailbox') ?? undefined;
          const search = query.get('search') ?? undefined;
          const limit = readCount(query.get('limit'));
          const messages = await findMessages(journal, { mailbox, search, limit }, origin);
          return jsonAnswer({ messages, mailboxes: countMailboxes(store, journal) });
        },
        DELETE: ({ query }) => {
          for (const message of messagesOf(journal, query.get('mailbox') ?? undefined)) remove(message);
          return done;
        },
      },
    },
    {
      path: /^\/sandbox\/messages\/([\w-]+)$/,
      methods: {
        GET: about(async (message, { origin }) => jsonAnswer(await detailMessage(message, origin))),
        DELETE: about((message) => {
          remove(message);
          return done;
        }),
      },
    },
    {
      path: /^\/sandbox\/messages\/([\w-]+)\/html$/,
      methods: { GET: about((message, { query }) => htmlOf(message, { remoteContent: query.has('remote') })) },
    },
    {
      path: /^\/sandbox\/messages\/([\w-]+)\/source$/,
      methods: { GET: about((message, { query }) => sourceOf(message, readCount(query.get('octets')))) },
    },
    {
      path: /^\/sandbox\/messages\/([\w-]+)\/message\.eml$/,
      methods: { GET: about(emlOf) },
    },
    {
      path: /^\/sandbox\/messages\/([\w-]+)\/attachments\/(\d{1,6})$/,
      methods: { GET: about((message, { names }) => attachmentOf(message, Number(names[1]))) },
    },
  ];
}

function remove(message: StoredMessage): void {
  message.folder.remove(message);
}

/** How much is in each mailbox, the fullest first. */
function countMailboxes({ accounts }: MailStore, journal: MessageJournal): object[] {
  const mailboxes = [...accounts].map(({ address }) => ({ address, messages: journal.count(address) }));
  return mailboxes.toSorted((one, other) => other.messages - one.messages).slice(0, maxMailboxes);
}

/** Nothing where it is none. */
function readCount(text: string | null): number | undefined {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
