import { changeKey } from '../ids.js';
import { folderIdNode } from '../folders/folder-properties.js';
import { writeValue } from '../../message/value.js';
import { xml, type XmlNode } from '../xml.js';
import type { Arrival, StoredMessage } from '../../store/store.js';

export type EventType =
  | 'NewMailEvent'
  | 'CreatedEvent'
  | 'DeletedEvent'
  | 'ModifiedEvent'
  | 'MovedEvent'
  | 'CopiedEvent';

/** What happened to a message, as a subscriber is told. */
export interface MailEvent {
  readonly type: EventType;
  readonly at: Date;
  readonly message: StoredMessage;
  /** Its change key at that moment. */
  readonly changeKey: string;
  /** What it was moved or copied from. */
  readonly from: StoredMessage | undefined;
}

export function arrivalEvents(message: StoredMessage, arrival: Arrival): MailEvent[] {
  if (arrival.by === 'move') return [mailEvent('MovedEvent', message, arrival.from)];
  if (arrival.by === 'copy') return [mailEvent('CopiedEvent', message, arrival.from)];
  const created = mailEvent('CreatedEvent', message);
  return arrival.by === 'delivery' ? [created, mailEvent('NewMailEvent', message)] : [created];
}

export function mailEvent(type: EventType, message: StoredMessage, from?: StoredMessage): MailEvent {
  return { type, at: new Date(), message, changeKey: changeKey(message), from };
}

/** An event as it is told; only those that are pulled carry a watermark. */
export function eventNode(event: MailEvent, watermark?: string): XmlNode {
  const { type, at, message, from } = event;
  return xml(
    `t:${type}`,
    {},
    watermark && xml('t:Watermark', {}, watermark),
    xml('t:TimeStamp', {}, writeValue(at)),
    xml('t:ItemId', { Id: message.id, ChangeKey: event.changeKey }),
    folderIdNode(message.folder.id, 't:ParentFolderId'),
    from && [xml('t:OldItemId', { Id: from.id }), folderIdNode(from.folder.id, 't:OldParentFolderId')],
  );
}
