import { EventEmitter } from 'node:events';
import { Exchange, type ExchangeStart } from './exchange.js';
import type { Service } from './service.js';

/** How many of a door's requests are kept. */
const kept = 100;

/** The last requests of every door, with their answers. */
export class RequestLog {
  readonly events = new EventEmitter<{ changed: [] }>().setMaxListeners(0);
  readonly #byService = new Map<Service, Exchange[]>();
  #lastId = 0;

  begin(start: ExchangeStart): Exchange {
    const changed = () => void this.events.emit('changed');
    const exchange = new Exchange(++this.#lastId, start, changed);
    const exchanges = this.#byService.get(start.service) ?? [];
    this.#byService.set(start.service, exchanges);
    exchanges.push(exchange);
    if (exchanges.length > kept) exchanges.shift();
    changed();
    return exchange;
  }

  /** The latest first. */
  list(): Exchange[] {
    return [...this.#byService.values()].flat().toSorted((one, other) => other.id - one.id);
  }

  byId(id: number): Exchange | undefined {
    return this.list().find((exchange) => exchange.id === id);
  }

  clear(): void {
    this.#byService.clear();
    this.events.emit('changed');
  }
}
