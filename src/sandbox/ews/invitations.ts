import ICAL from 'ical.js';
import { compose, emptyDraft, type Draft } from '../message/draft.js';
import { submit } from '../message/submit.js';
import { propertiesOf } from './all-properties.js';
import { kindOf } from './item-kinds.js';
import type { MailStore, StoredMessage } from '../store/store.js';
import type { XmlContent, XmlNode } from './xml.js';

/** Sends an appointment to those whom it names (RFC 6047, a request of RFC 5546). */
export async function sendInvitations(item: StoredMessage, { subject, body }: Draft, store: MailStore): Promise<void> {
  const to = attendees(item);
  if (to.length === 0) return;
  const { account } = item.folder;
  const draft = emptyDraft();
  Object.assign(draft, { from: { name: '', address: account.address }, to, subject, body });
  draft.attachments.push({
    name: 'invite.ics',
    contentType: 'text/calendar; charset=utf-8; method=REQUEST',
    content: Buffer.from(
      await calendarOf(
        item,
        to.map(({ address }) => address),
      ),
    ),
    contentId: undefined,
    isInline: false,
  });
  await submit(store, account, await compose(draft));
}

/** The appointment as an iCalendar object (RFC 5545). */
async function calendarOf(item: StoredMessage, attending: readonly string[]): Promise<string> {
  const calendar = new ICAL.Component(['vcalendar', [], []]);
  calendar.updatePropertyWithValue('prodid', '-//playwright-exchange//sandbox//EN');
  calendar.updatePropertyWithValue('version', '2.0');
  calendar.updatePropertyWithValue('method', 'REQUEST');
  const event = new ICAL.Component('vevent');
  const values = await Promise.all(
    ['UID', 'Start', 'End', 'Location'].map((name) => valueOf(item, `calendar:${name}`)),
  );
  const [uid, start, end, location] = values;
  event.updatePropertyWithValue('uid', String(uid));
  event.updatePropertyWithValue('dtstamp', ICAL.Time.fromJSDate(new Date(), true));
  event.updatePropertyWithValue('dtstart', ICAL.Time.fromJSDate(start as Date, true));
  event.updatePropertyWithValue('dtend', ICAL.Time.fromJSDate(end as Date, true));
  event.updatePropertyWithValue('summary', String(await valueOf(item, 'item:Subject')));
  if (typeof location === 'string') event.updatePropertyWithValue('location', location);
  event.updatePropertyWithValue('organizer', `mailto:${item.folder.account.address}`);
  for (const address of attending) event.addPropertyWithValue('attendee', `mailto:${address}`);
  calendar.addSubcomponent(event);
  return calendar.toString();
}

function valueOf(item: StoredMessage, wanted: string): unknown {
  return propertiesOf(kindOf(item))
    .find(({ uri }) => uri === wanted)
    ?.read(item);
}

function attendees({ properties }: StoredMessage): { name: string; address: string }[] {
  return ['RequiredAttendees', 'OptionalAttendees', 'Resources']
    .flatMap((name) => {
      const kept = properties.get(`calendar:${name}`);
      const list = typeof kept === 'string' ? (JSON.parse(kept) as XmlNode).content : [];
      return list.flatMap((attendee) => textAt(attendee, ['t:Mailbox', 't:EmailAddress']) ?? []);
    })
    .map((address) => ({ name: '', address }));
}

function textAt(node: XmlContent, path: readonly string[]): string | undefined {
  const [name, ...rest] = path;
  if (typeof node !== 'object' || !('content' in node)) return undefined;
  if (name === undefined)
    return node.content
      .filter((part) => typeof part === 'string')
      .join('')
      .trim();
  return textAt(
    node.content.find((part) => typeof part === 'object' && 'name' in part && part.name === name),
    rest,
  );
}
