import { readOccurrenceId } from '../calendar/occurrence-item.js';
import { isBase64 } from '../message/base64.js';
import { EwsError } from './ews-error.js';
import { xml, type XmlElement, type XmlNode } from './xml.js';
import type { StoredMessage } from '../store/store.js';

const storeIdLength = 18;

export function itemIdNode(message: StoredMessage, name = 't:ItemId'): XmlNode {
  return xml(name, { Id: message.id, ChangeKey: changeKey(message) });
}

/** A message's revision, as clients pass it back to say which state of it they saw. */
export function changeKey(message: StoredMessage): string {
  const key = Buffer.alloc(8, 0);
  key.writeUInt32BE(message.revision, 4);
  return key.toString('base64');
}

/** Whether the request saw the message's latest state; true as well where it does not say. */
export function isCurrent(idElement: XmlElement, message: StoredMessage): boolean {
  const key = idElement.attributes['ChangeKey'];
  if (key && Buffer.from(key, 'base64').length !== 8) throw new EwsError('ErrorInvalidChangeKey');
  return !key || key === changeKey(message);
}

/** The `Id` of an ItemId or a FolderId, checked for its form. */
export function readId(idElement: XmlElement): string {
  const id = idElement.attributes['Id'];
  if (!id) throw new EwsError('ErrorInvalidIdEmpty');
  if (!idOctets(id) && !(isBase64(id) && readOccurrenceId(id))) throw new EwsError('ErrorInvalidIdMalformed');
  return id;
}

/** What an id stands for; nothing where it has not the form of one. */
export function idOctets(id: string): Buffer | undefined {
  const octets = Buffer.from(id, 'base64');
  return isBase64(id) && octets.length === storeIdLength ? octets : undefined;
}

const attachmentKeyLength = 6;

/** An attachment's id: its message's, and a few octets that tell it from the message's other attachments. */
export function attachmentId(message: StoredMessage, key: Buffer): string {
  return Buffer.concat([Buffer.from(message.id, 'base64'), key]).toString('base64');
}

export function readAttachmentId(idElement: XmlElement): { messageId: string; key: Buffer } {
  const id = idElement.attributes['Id'] ?? '';
  const octets = Buffer.from(id, 'base64');
  const messageId = octets.subarray(0, -attachmentKeyLength).toString('base64');
  if (!isBase64(id) || !(idOctets(messageId) || readOccurrenceId(messageId)))
    throw new EwsError('ErrorInvalidAttachmentId');
  return { messageId, key: octets.subarray(-attachmentKeyLength) };
}
