import type { Item, MimeContent } from 'ews-javascript-api';
import { ExchangeError } from '../../errors.js';
import type { Library } from './ews-session.js';
import { read } from './message-ref.js';

/** The MIME source of an item that was read with `MimeContent`. */
export function readSource({ ItemSchema }: Library, item: Item): Buffer {
  const content = read<MimeContent>(item, ItemSchema.MimeContent)?.Content;
  if (content === undefined || content === null) {
    throw new ExchangeError('PROTOCOL', 'the server gave a message without its MIME content');
  }
  return Buffer.from(content, 'base64');
}
