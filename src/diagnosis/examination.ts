import { ExchangeError, isExchangeError } from '../errors.js';
import { Limit } from '../async/limit.js';
import { legNames, type Diagnosis, type Finding, type LegError, type LegName, type LegResult } from './leg.js';

export interface ExaminationOptions {
  /** Milliseconds that a leg takes at most. */
  readonly timeout: number;
  /** Told of each leg as it ends. */
  readonly report: (result: LegResult) => void;
}

/** A leg failed, and those that need it can't be tried. */
export class LegFailed extends Error {}

/** One connection on its way through the legs. */
export class Examination {
  readonly #options: ExaminationOptions;
  readonly #results: LegResult[] = [];

  constructor(options: ExaminationOptions) {
    this.#options = options;
  }

  /** Milliseconds that a leg takes at most. */
  get timeout(): number {
    return this.#options.timeout;
  }

  /** Tries a leg. `grace` is time beyond its time-out to say what it waited for. @throws LegFailed */
  async leg<T>(name: LegName, attempt: (signal: AbortSignal) => Promise<Finding<T>>, grace: number = 0): Promise<T> {
    const started = performance.now();
    const timeout = this.#options.timeout + grace;
    using limit = new Limit({ signal: undefined, timeout, error: () => tooSlow(timeout) });
    const elapsed = (): number => Math.round(performance.now() - started);
    try {
      const { value, skipped, ...found } = await limit.race(attempt(limit.signal));
      this.#add({ name, status: skipped ? 'skipped' : 'passed', milliseconds: elapsed(), ...found });
      return value;
    } catch (error) {
      this.#add({ name, status: 'failed', milliseconds: elapsed(), detail: '', error: describe(error) });
      throw new LegFailed(name, { cause: error });
    }
  }

  /** Tries a leg that no other needs. */
  async check(name: LegName, attempt: (signal: AbortSignal) => Promise<Finding<void>>): Promise<void> {
    await this.leg(name, attempt).catch(passOver);
  }

  /** Leaves legs out. */
  skip(names: readonly LegName[], detail: string): void {
    for (const name of names) this.#add({ name, status: 'skipped', milliseconds: 0, detail });
  }

  /** Ends it: the legs that were not tried are skipped. */
  conclude(connection: string): Diagnosis {
    const failed = this.#results.find(({ status }) => status === 'failed');
    const tried = new Set(this.#results.map(({ name }) => name));
    this.skip(
      legNames.filter((name) => !tried.has(name)),
      `${failed?.name} failed`,
    );
    const legs = this.#results.toSorted((a, b) => legNames.indexOf(a.name) - legNames.indexOf(b.name));
    return { connection, ok: !failed, legs };
  }

  #add(result: LegResult): void {
    this.#results.push(result);
    this.#options.report(result);
  }
}

/** @throws all but a leg's failure, which is in the report */
export function passOver(error: unknown): void {
  if (!(error instanceof LegFailed)) throw error;
}

function describe(error: unknown): LegError {
  if (!isExchangeError(error)) throw error;
  const [summary = ''] = error.message.split('\n  - ');
  return { code: error.code, summary, advice: error.advice };
}

function tooSlow(timeout: number): ExchangeError {
  return new ExchangeError('DEADLINE', `It was not done within ${timeout / 1000} s.`, {
    advice: ['see whether a firewall or a proxy on the way holds it back; --timeout gives it more time'],
  });
}
