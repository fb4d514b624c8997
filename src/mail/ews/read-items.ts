import { ExchangeError } from '../../errors.js';
import { find, textAt, type XmlElement } from './xml-tree.js';

/** The items of a FindItem answer, in the server's order. */
export function foundItems(envelope: XmlElement): readonly XmlElement[] {
  return find(responseMessages(envelope)[0], 'RootFolder', 'Items')?.children ?? [];
}

export function itemId(item: XmlElement): string {
  const id = find(item, 'ItemId')?.attributes.Id;
  if (id === undefined) throw new ExchangeError('PROTOCOL', 'the server gave an item without an id');
  return id;
}

/** The MIME source of an item that was read with `MimeContent`; nothing where the server did not give it. */
export function itemSource(item: XmlElement): Buffer | undefined {
  const content = textAt(item, 'MimeContent');
  return content === undefined ? undefined : Buffer.from(content, 'base64');
}

/** The folder that an item is in, or that an event tells of. */
export function parentFolderId(element: XmlElement): string | undefined {
  return find(element, 'ParentFolderId')?.attributes.Id;
}

/** The answers of the operations in an envelope, each with its own success or failure. */
export function responseMessages(envelope: XmlElement): readonly XmlElement[] {
  return find(find(envelope, 'Body')?.children[0], 'ResponseMessages')?.children ?? [];
}
