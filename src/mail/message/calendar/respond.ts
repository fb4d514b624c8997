import ICAL from 'ical.js';
import { isSameAddress } from '../../address.js';
import { answerTo, type Reply } from '../answering/reply.js';
import { contentError } from '../content-error.js';
import type { OutgoingMessage } from '../outgoing.js';
import type { ParsedMessage } from '../parse.js';
import { isCalendar } from './is-calendar.js';
import { addressOf, eventOf, parseCalendar } from './read-invite.js';

/** What one says to an invitation. */
export type InviteResponse = 'accept' | 'decline' | 'tentative';

export const inviteResponses = {
  accept: { status: 'ACCEPTED', subject: 'Accepted', text: 'has accepted' },
  decline: { status: 'DECLINED', subject: 'Declined', text: 'has declined' },
  tentative: { status: 'TENTATIVE', subject: 'Tentative', text: 'has tentatively accepted' },
} as const satisfies Readonly<Record<InviteResponse, object>>;

/** What identifies an event in an answer (RFC 5546 section 3.2.3), and what people read of it. */
const kept = ['uid', 'sequence', 'recurrence-id', 'organizer', 'dtstart', 'dtend', 'duration', 'summary', 'location'];

/**
 * The answer to an invitation, for its organizer (RFC 5546, RFC 6047). Who answers is the attendee among one's `own`
 * addresses; where none is invited, the first.
 * @throws MESSAGE_CONTENT where there is no invitation to answer
 */
export function respondTo(
  received: ParsedMessage,
  response: InviteResponse,
  { reply, own }: { readonly reply: Reply; readonly own: readonly string[] },
): OutgoingMessage {
  const { invite, attachments, subject } = received;
  const file = attachments.find(({ contentType: type, filename }) => isCalendar({ type, filename }));
  if (!invite || !file || invite.method !== 'REQUEST') {
    const found = invite ? `one with the method ${invite.method || '(none)'}` : 'none';
    throw contentError(subject, { wanted: 'an invitation to answer', found });
  }
  const calendar = parseCalendar(file.text());
  const event = eventOf(calendar);
  const organizer = addressOf(event.getFirstProperty('organizer'));
  if (!organizer)
    throw contentError(subject, { wanted: 'an invitation with an organizer to answer', found: 'one without' });
  const attendee = attendeeOf(event, own);
  const { status, subject: prefix, text } = inviteResponses[response];
  attendee.setParameter('partstat', status);
  attendee.removeParameter('rsvp');
  const content = toCalendar(calendar, event, attendee).toString();
  const name = addressOf(attendee)?.address ?? '';
  const mail = { subject: `${prefix}: ${invite.summary}`, text: `${name} ${text} this invitation.`, ...reply };
  return { ...answerTo(received, mail, { to: [organizer] }), calendar: { method: 'REPLY', content } };
}

function attendeeOf(event: ICAL.Component, own: readonly string[]): ICAL.Property {
  const invited = event
    .getAllProperties('attendee')
    .find((property) => own.some((address) => isSameAddress(addressOf(property)?.address ?? '', address)));
  if (invited) return invited;
  const attendee = new ICAL.Property('attendee');
  attendee.setValue(`mailto:${own[0]}`);
  return attendee;
}

function toCalendar(calendar: ICAL.Component, event: ICAL.Component, attendee: ICAL.Property): ICAL.Component {
  const answer = new ICAL.Component('vcalendar');
  answer.addPropertyWithValue('prodid', '-//playwright-exchange//EN');
  answer.addPropertyWithValue('version', '2.0');
  answer.addPropertyWithValue('method', 'REPLY');
  for (const zone of calendar.getAllSubcomponents('vtimezone')) answer.addSubcomponent(zone);
  const answered = new ICAL.Component('vevent');
  for (const property of kept.flatMap((name) => event.getFirstProperty(name) ?? [])) answered.addProperty(property);
  answered.addPropertyWithValue('dtstamp', ICAL.Time.fromJSDate(new Date(), true));
  answered.addProperty(attendee);
  answer.addSubcomponent(answered);
  return answer;
}
