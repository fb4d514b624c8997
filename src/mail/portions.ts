import type { CallOptions, Folder, MailTransport, MessageRef, NewArrivals, Position } from './transport.js';

/** All that entered a folder after a position, portion by portion: what was read stays read where a later one fails. */
export async function* portions(
  after: Position,
  read: (after: Position) => Promise<NewArrivals>,
): AsyncGenerator<NewArrivals, void, undefined> {
  for (let position = after, isPartial = true; isPartial;) {
    const arrivals = await read(position);
    yield arrivals;
    ({ position, isPartial = false } = arrivals);
  }
}

/** The messages that entered a folder after a position, as far as their envelopes can be read. */
export async function messagesAfter(
  transport: MailTransport,
  folder: Folder,
  position: Position,
  options: CallOptions,
): Promise<MessageRef[]> {
  const all: MessageRef[] = [];
  for await (const { messages } of portions(position, (after) => transport.arrivals(folder, after, options)))
    for (const ref of messages) all.push(ref);
  return all;
}
