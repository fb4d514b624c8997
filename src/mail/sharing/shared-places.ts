import { readdir, readFile, unlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Places } from '../../async/places.js';
import { sleep } from '../../async/sleep.js';
import { Slots } from '../../async/slots.js';
import { isAlive } from './is-alive.js';
import { Queue, type Ticket } from './queue.js';
import { staleAfter, touchedWithin } from './touched-within.js';

export interface SharedPlacesOptions {
  /** That which all have in common who share the places. */
  readonly folder: string;
  /** What the places are for: part of their files' names. */
  readonly name: string;
  readonly count: number;
  /** Milliseconds that a place stays taken, however soon its task is over: so many tasks in that time. @default none */
  readonly keptFor?: number;
  /** Tasks last: who came first goes first, and it can be asked whether anybody waits. @default false */
  readonly isQueued?: boolean;
  /** Told how many milliseconds a task had to wait for other processes. */
  readonly waited: (milliseconds: number) => void;
}

const heartbeatInterval = 3000;
/** Milliseconds, about, before a place is tried for again; five times as many at last. */
const pause = 20;
/** Each so many tries it is seen to whether whoever has a place is there still. */
const sometimes = 10;

/**
 * Places that the processes of a machine share: a file each, which is there while the place is taken. What a killed
 * process leaves behind is soon free again. Two may once have the same place, at the moment when both find it left
 * behind; and where files can't be made, each process has the places to itself: then a server that takes fewer says so.
 */
export class SharedPlaces implements Places {
  readonly #options: SharedPlacesOptions;
  readonly #own: Slots;
  readonly #queue: Queue | undefined;

  constructor(options: SharedPlacesOptions) {
    this.#options = options;
    this.#queue = options.isQueued ? new Queue(options.folder, options.name) : undefined;
    this.#own = new Slots(options.count);
  }

  async run<T>(count: number, signal: AbortSignal, task: () => Promise<T>): Promise<T> {
    return await this.#own.run(count, signal, async () => {
      const taken: number[] = [];
      using _heartbeat = beating(() => this.#beat(taken));
      try {
        await this.#take(count, taken, signal);
        return await task();
      } finally {
        if (this.#options.keptFor === undefined) await Promise.all(taken.map((place) => this.#free(place)));
      }
    });
  }

  /** Whether anybody waits for a place that is taken. */
  async isWanted(): Promise<boolean> {
    return (await this.#queue?.isWanted()) ?? false;
  }

  async #take(count: number, taken: number[], signal: AbortSignal): Promise<void> {
    const began = performance.now();
    await using ticket = this.#queue?.join();
    let pauses = 0;
    try {
      while (taken.length < count) {
        const isTime = pauses % sometimes === 0;
        const isNext = !ticket || (await this.#isNext(ticket, isTime));
        const place = isNext ? await this.#tryAny(this.#candidates(count, taken.length), isTime) : undefined;
        if (place === 'unusable') return;
        if (place !== undefined) taken.push(place);
        else await sleep(pause * Math.min(++pauses, 5) * (0.5 + Math.random()), signal);
      }
    } finally {
      if (pauses > 0) this.#options.waited(performance.now() - began);
    }
  }

  async #isNext(ticket: Ticket, isTime: boolean): Promise<boolean> {
    if (isTime) await ticket.affirm();
    const rank = await ticket.rank();
    if (rank === 0) return true;
    const names = await readdir(this.#options.folder).catch((): string[] => []);
    const taken = this.#places().filter((place) => names.includes(this.#nameOf(place)));
    return rank < this.#options.count - taken.length;
  }

  /** Who needs several takes them in their order: two who do never wait for each other. Others begin at the end. */
  #candidates(count: number, next: number): readonly number[] {
    return count > 1 ? [next] : this.#places().toReversed();
  }

  #places(): number[] {
    return Array.from({ length: this.#options.count }, (_, place) => place);
  }

  async #tryAny(places: readonly number[], evict: boolean): Promise<number | 'unusable' | undefined> {
    for (const place of places) {
      const outcome = await this.#try(place, evict);
      if (outcome !== 'taken') return outcome === 'got' ? place : outcome;
    }
    return undefined;
  }

  async #try(place: number, evict: boolean): Promise<'got' | 'taken' | 'unusable'> {
    const file = this.#file(place);
    try {
      await writeFile(file, String(process.pid), { flag: 'wx', mode: 0o600 });
      return 'got';
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return 'unusable';
    }
    if (!evict || !(await this.#isLeftBehind(file))) return 'taken';
    await unlink(file).catch(() => {});
    return await this.#try(place, false);
  }

  async #isLeftBehind(file: string): Promise<boolean> {
    const { keptFor } = this.#options;
    if (!(await touchedWithin(file, keptFor ?? staleAfter))) return true;
    if (keptFor !== undefined) return false;
    const owner = Number(await readFile(file, 'utf8').catch(() => ''));
    return owner > 0 && !isAlive(owner);
  }

  async #beat(taken: readonly number[]): Promise<void> {
    const now = new Date();
    await Promise.all(taken.map((place) => utimes(this.#file(place), now, now).catch(() => {})));
  }

  async #free(place: number): Promise<void> {
    await unlink(this.#file(place)).catch(() => {});
  }

  #file(place: number): string {
    return join(this.#options.folder, this.#nameOf(place));
  }

  #nameOf(place: number): string {
    return `${this.#options.name}-${place}`;
  }
}

function beating(beat: () => Promise<void>): Disposable {
  const timer = setInterval(() => void beat(), heartbeatInterval).unref();
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
