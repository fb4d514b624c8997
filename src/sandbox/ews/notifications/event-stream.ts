import type { ServerResponse } from 'node:http';
import { ChunkWriter } from './chunk-writer.js';
import { EwsError } from '../ews-error.js';
import { eventNode } from './notification.js';
import { errorMessage, response as soapResponse, responseMessage, streamEnvelope } from '../soap.js';
import type { Subscription } from './subscription.js';
import { xml, type XmlContent, type XmlNode } from '../xml.js';
import type { Faults } from '../../faults.js';
import type { Account } from '../../store/store.js';

export interface StreamSettings {
  readonly faults: Faults;
  /** Milliseconds between heartbeats. */
  readonly heartbeatInterval: number;
  /** Milliseconds that a minute of a ConnectionTimeout lasts. */
  readonly minute: number;
}

/**
 * One response to GetStreamingEvents, and the subscriptions that it carries. An envelope has notifications
 * or a connection status, never both: Microsoft's own client library reads one of them only.
 */
export class EventStream {
  readonly account: Account;
  readonly #response: ServerResponse;
  readonly #writer: ChunkWriter;
  readonly #settings: StreamSettings;
  readonly #subscriptions = new Set<Subscription>();
  #heartbeat: NodeJS.Timeout | undefined;
  #timeout: NodeJS.Timeout | undefined;
  #turn: NodeJS.Immediate | undefined;

  constructor(response: ServerResponse, account: Account, settings: StreamSettings) {
    this.account = account;
    this.#response = response;
    this.#writer = new ChunkWriter(response, settings.faults);
    this.#settings = settings;
  }

  start(minutes: number): void {
    const { heartbeatInterval, minute } = this.#settings;
    this.#response.writeHead(200, { 'Content-Type': 'text/xml; charset=utf-8', 'Cache-Control': 'private' });
    this.#send(responseMessage(operation, status('OK')));
    this.#heartbeat = setInterval(() => this.#beat(), heartbeatInterval);
    this.#timeout = setTimeout(() => this.#end(), minutes * minute);
  }

  attach(subscription: Subscription): void {
    this.#subscriptions.add(subscription);
    subscription.onEvent = () => this.#schedule();
    this.#schedule();
  }

  /** Leaves a subscription to a newer stream. */
  giveUp(subscription: Subscription): void {
    if (!this.#subscriptions.delete(subscription)) return;
    this.refuse(subscription.id, 'ErrorNewEventStreamConnectionOpened');
    this.endIfIdle();
  }

  refuse(subscriptionId: string, code: string): void {
    const ids = xml('m:ErrorSubscriptionIds', {}, xml('t:SubscriptionId', {}, subscriptionId));
    this.#send(errorMessage(operation, new EwsError(code), ids));
  }

  endIfIdle(): void {
    if (this.#subscriptions.size === 0) this.#end();
  }

  cut(): void {
    this.#response.destroy();
  }

  /** Lets go of everything, once the connection has closed. */
  release(): void {
    clearInterval(this.#heartbeat);
    clearTimeout(this.#timeout);
    clearImmediate(this.#turn);
    this.#writer.stop();
    for (const subscription of this.#subscriptions) {
      subscription.onEvent = undefined;
      subscription.use();
    }
    this.#subscriptions.clear();
  }

  #beat(): void {
    if (this.#settings.faults.silentStreams) return;
    const notifications = [...this.#subscriptions].map(({ id }) => notification(id, xml('t:StatusEvent', {})));
    this.#send(responseMessage(operation, xml('m:Notifications', {}, notifications)));
  }

  #end(): void {
    this.#send(responseMessage(operation, status('Closed')));
    this.#writer.end();
  }

  /** What happens in one turn of the event loop goes out together, an envelope a subscription. */
  #schedule(): void {
    this.#turn ??= setImmediate(() => {
      this.#turn = undefined;
      if (!this.#settings.faults.silentStreams) this.#sendEvents();
    });
  }

  #sendEvents(): void {
    for (const subscription of this.#subscriptions) {
      const events = subscription.take().filter(() => Math.random() >= this.#settings.faults.losePushes);
      if (events.length === 0) continue;
      const nodes = events.map(({ event }) => eventNode(event));
      this.#send(responseMessage(operation, xml('m:Notifications', {}, notification(subscription.id, nodes))));
    }
  }

  #send(message: XmlNode): void {
    this.#writer.write(streamEnvelope(soapResponse(operation, [message])));
  }
}

const operation = 'GetStreamingEvents';

function status(connectionStatus: 'OK' | 'Closed'): XmlNode {
  return xml('m:ConnectionStatus', {}, connectionStatus);
}

function notification(subscriptionId: string, events: XmlContent): XmlNode {
  return xml('t:Notification', {}, xml('t:SubscriptionId', {}, subscriptionId), events);
}
