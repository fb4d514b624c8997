import { isOneItemsFault } from '../../async/bisect.js';
import { ExchangeError } from '../../errors.js';
import type { Answer } from '../each-item.js';
import { ewsError } from './ews-errors.js';
import type { EwsSession, Operation } from './ews-session.js';
import { responseMessages } from './read-items.js';
import { getItem, type PropertyPath } from './requests.js';
import { messageError, type ResponseError } from './response-codes.js';
import { find, type XmlElement } from './xml-tree.js';

/** How Exchange says that an item was moved or deleted in the meantime. */
export const goneCodes = ['ErrorItemNotFound'];

export interface ItemsRequest extends Operation {
  readonly properties: readonly PropertyPath[];
}

/**
 * Items by their ids, in the same order (GetItem): nothing in place of one that is gone, a failure in place of one that
 * the server can't give.
 */
export async function getItems(
  session: EwsSession,
  ids: readonly string[],
  { properties, ...operation }: ItemsRequest,
): Promise<Answer<XmlElement | undefined>[]> {
  const each = { ...operation, repeatable: true, isEach: true };
  const results = await session.ask(each, getItem(ids, properties), gottenItems);
  if (results.length !== ids.length) throw miscounted(operation, [ids.length, results.length]);
  const attempt = { operation: operation.operation, mailbox: session.address };
  const answersEach = results.some(({ error }) => !error || goneCodes.includes(error.code));
  return results.map(({ item, error }) => {
    if (!error)
      return item ?? new ExchangeError('PROTOCOL', `${operation.operation}: the server gave nothing for an item`);
    if (goneCodes.includes(error.code)) return undefined;
    const failure = ewsError(attempt, error);
    // Where all fail alike, it may be the server that does.
    if (!answersEach && !isOneItemsFault(failure)) throw failure;
    return failure;
  });
}

interface Result {
  readonly item: XmlElement | undefined;
  readonly error: ResponseError | undefined;
}

function gottenItems(envelope: XmlElement): Result[] {
  return responseMessages(envelope).map((message) => ({
    item: find(message, 'Items')?.children[0],
    error: messageError(message),
  }));
}

function miscounted({ operation }: Operation, [asked, got]: readonly [number, number]): ExchangeError {
  return new ExchangeError('PROTOCOL', `${operation}: the server answered for ${got} items instead of ${asked}`);
}
