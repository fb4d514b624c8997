import type { ServerResponse } from 'node:http';
import { EwsError, schemaViolation } from '../ews-error.js';
import { EventStream, type StreamSettings } from './event-stream.js';
import type { RequestContext } from '../context.js';
import { childElements, find, textOf, type XmlElement } from '../xml.js';

/** The open streaming connections of all clients. */
export class Streams {
  readonly #settings: StreamSettings;
  readonly #open = new Set<EventStream>();

  constructor(settings: StreamSettings) {
    this.#settings = settings;
  }

  get size(): number {
    return this.#open.size;
  }

  /** Answers a GetStreamingEvents request with a response that stays open. */
  open(request: XmlElement, context: RequestContext, response: ServerResponse): void {
    const ids = childElements(find(request, 'SubscriptionIds')).map((element) => textOf(element));
    const minutes = Number(textOf(find(request, 'ConnectionTimeout')));
    if (ids.length === 0) throw schemaViolation("The element 'SubscriptionIds' has incomplete content.");
    if (!(minutes >= 1 && minutes <= 30)) throw schemaViolation("The 'ConnectionTimeout' element is invalid.");
    const { account } = context;
    const held = [...this.#open].filter((stream) => stream.account === account).length;
    if (held >= this.#settings.faults.maxStreams) throw new EwsError('ErrorExceededConnectionCount', { fault: true });
    const stream = new EventStream(response, account, this.#settings);
    this.#open.add(stream);
    response.on('close', () => this.#close(stream));
    stream.start(minutes);
    for (const id of ids) this.#attach(stream, id, context);
    stream.endIfIdle();
  }

  /** Cuts all connections. */
  drop(): void {
    for (const stream of this.#open) stream.cut();
  }

  #attach(stream: EventStream, id: string, { subscriptions }: RequestContext): void {
    const subscription = subscriptions.get(id);
    if (!subscription || subscription === 'expired' || subscription.kind !== 'streaming')
      return stream.refuse(id, 'ErrorSubscriptionNotFound');
    for (const other of this.#open) if (other !== stream) other.giveUp(subscription);
    stream.attach(subscription);
  }

  #close(stream: EventStream): void {
    this.#open.delete(stream);
    stream.release();
  }
}
