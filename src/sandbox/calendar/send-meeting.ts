import type { Address } from '../message/address.js';
import { compose, emptyDraft, type Draft } from '../message/draft.js';
import { submit } from '../message/submit.js';
import { keptOf } from '../store/property-changes.js';
import { withoutTag, type MailStore, type StoredMessage } from '../store/store.js';
import { meetingProperties } from './appointment-meeting.js';
import type { Meeting } from './meeting.js';
import { writeMeeting } from './write-meeting.js';

export interface MeetingMail extends Pick<Draft, 'subject' | 'body'> {
  readonly meeting: Meeting;
  readonly to: readonly Address[];
  /** EWS's class of it, for the copy in Sent Items. */
  readonly itemClass: string;
  readonly keepsCopy: boolean;
}

/** Sends a mail about a meeting (RFC 6047), never to whose it is, and gives the copy in Sent Items that it may have kept. */
export async function sendMeeting(
  item: StoredMessage,
  { meeting, to, subject, body, itemClass, keepsCopy }: MeetingMail,
  store: MailStore,
): Promise<StoredMessage | undefined> {
  const { account } = item.folder;
  const others = to.filter(({ address }) => withoutTag(address).toLowerCase() !== account.address);
  if (others.length === 0) return undefined;
  const draft = emptyDraft();
  const from = { name: '', address: account.address };
  const calendar = { method: meeting.method, content: writeMeeting(meeting) };
  Object.assign(draft, { from, to: others, subject, body, calendar });
  const sent = await submit(store, account, await compose(draft));
  if (!sent || !keepsCopy) return undefined;
  return account.folder('sentitems').add({
    source: sent,
    flags: ['\\Seen'],
    properties: [...keptOf(meetingProperties(meeting)), ['item:ItemClass', itemClass]],
  });
}
