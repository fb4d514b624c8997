import { onAbort } from './on-abort.js';
import type { Places } from './places.js';

interface Waiting {
  readonly count: number;
  readonly enter: () => void;
}

/** The places of one process; who comes first is served first. */
export class Slots implements Places {
  readonly #waiting: Waiting[] = [];
  #free: number;

  constructor(count: number) {
    this.#free = count;
  }

  async run<T>(count: number, signal: AbortSignal, task: () => Promise<T>): Promise<T> {
    await this.#enter(count, signal);
    try {
      return await task();
    } finally {
      this.#free += count;
      this.#admit();
    }
  }

  async #enter(count: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    await new Promise<void>((resolve, reject) => {
      const leave = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
        reject(signal.reason);
        this.#admit();
      };
      const enter = (): void => {
        stay();
        resolve();
      };
      const waiting = { count, enter };
      const stay = onAbort(signal, leave);
      this.#waiting.push(waiting);
      this.#admit();
    });
  }

  #admit(): void {
    for (let next = this.#waiting[0]; next && next.count <= this.#free; next = this.#waiting[0]) {
      this.#waiting.shift();
      this.#free -= next.count;
      next.enter();
    }
  }
}
