import { Excerpt } from './excerpt.js';
import { maskSecrets } from './mask-secrets.js';
import type { Service } from './service.js';

export interface ExchangeStart {
  readonly service: Service;
  /** The request in a line. */
  readonly title: string;
  /** Tells the connections of a door apart whose requests belong together. */
  readonly connection?: string;
}

/** How an exchange ended. */
export interface Outcome {
  /** The answer in a line. */
  readonly outcome: string;
  readonly isFailure: boolean;
}

/** An exchange in a line or two, as JSON carries it. */
export interface ExchangeSummary {
  readonly id: number;
  readonly service: Service;
  readonly connection: string | undefined;
  readonly receivedAt: Date;
  readonly title: string;
  /** Nothing while it is under way. */
  readonly outcome: string | undefined;
  readonly isFailure: boolean;
  readonly milliseconds: number | undefined;
}

/** With both sides of it. */
export interface WholeExchange extends ExchangeSummary {
  readonly request: string;
  readonly answer: string;
}

/** A request to one of the doors and its answer, as far as they are kept. What it gives out has no secrets in it. */
export class Exchange {
  readonly id: number;
  readonly request = new Excerpt();
  readonly answer = new Excerpt();
  title: string;
  readonly #start: ExchangeStart;
  readonly #receivedAt = new Date();
  readonly #started = performance.now();
  readonly #changed: () => void;
  #outcome: Outcome | undefined;
  #milliseconds: number | undefined;

  constructor(id: number, start: ExchangeStart, changed: () => void) {
    this.id = id;
    this.title = start.title;
    this.#start = start;
    this.#changed = changed;
  }

  get service(): Service {
    return this.#start.service;
  }

  /** Says how it ended; a further answer takes the place of the one before. */
  end(outcome: Outcome): void {
    this.#outcome = outcome;
    this.#milliseconds = Math.round(performance.now() - this.#started);
    this.#changed();
  }

  summary(): ExchangeSummary {
    return {
      id: this.id,
      service: this.service,
      connection: this.#start.connection,
      receivedAt: this.#receivedAt,
      title: maskSecrets(this.title),
      outcome: this.#outcome && maskSecrets(this.#outcome.outcome),
      isFailure: this.#outcome?.isFailure ?? false,
      milliseconds: this.#milliseconds,
    };
  }

  whole(): WholeExchange {
    return {
      ...this.summary(),
      request: maskSecrets(String(this.request)),
      answer: maskSecrets(String(this.answer)),
    };
  }
}
