import type { PropertyValue, StoredMessage } from '../store/store.js';
import type { Attendee, AttendeeList, ResponseType } from './meeting.js';
import { node, nodesIn, readNode, textAt, type StoredNode } from './stored-node.js';

const lists: readonly AttendeeList[] = ['RequiredAttendees', 'OptionalAttendees', 'Resources'];

/** Whom an appointment or a mail about one names. */
export function attendeesOf({ properties }: Pick<StoredMessage, 'properties'>): Attendee[] {
  return lists.flatMap((list) =>
    nodesIn(readNode(properties.get(`calendar:${list}`))).flatMap((attendee) => {
      const address = textAt(attendee, 'Mailbox', 'EmailAddress');
      const respondedAt = textAt(attendee, 'LastResponseTime');
      if (!address) return [];
      return {
        list,
        address,
        name: textAt(attendee, 'Mailbox', 'Name') ?? '',
        response: (textAt(attendee, 'ResponseType') ?? 'Unknown') as ResponseType,
        respondedAt: respondedAt === undefined ? undefined : new Date(respondedAt),
      };
    }),
  );
}

/** The properties that keep attendees; a list that is empty is none. */
export function attendeeProperties(attendees: readonly Attendee[]): [uri: string, value: PropertyValue | undefined][] {
  return lists.map((list) => {
    const nodes = attendees.filter((attendee) => attendee.list === list).map(attendeeNode);
    return [`calendar:${list}`, nodes.length > 0 ? JSON.stringify(node(list, ...nodes)) : undefined];
  });
}

/** A `Mailbox`, as those of attendees and organizers. */
export function mailboxNode({ name, address }: { readonly name: string; readonly address: string }): StoredNode {
  const parts = [node('Name', name || address), node('EmailAddress', address), node('RoutingType', 'SMTP')];
  return node('Mailbox', ...parts);
}

function attendeeNode({ name, address, response, respondedAt }: Attendee): StoredNode {
  return node(
    'Attendee',
    mailboxNode({ name, address }),
    node('ResponseType', response),
    ...(respondedAt ? [node('LastResponseTime', respondedAt.toISOString())] : []),
  );
}
