import { onAbort } from './on-abort.js';

interface Waiting {
  readonly count: number;
  readonly enter: () => void;
}

/** So many places, of which a task takes one or several; who comes first is served first. */
export class Slots {
  readonly #waiting: Waiting[] = [];
  #free: number;

  constructor(count: number) {
    this.#free = count;
  }

  /** Runs a task once there are so many places for it. Rejects with the signal's reason where it aborts before. */
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
