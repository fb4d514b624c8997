import { Worker } from 'node:worker_threads';
import { untilAborted } from '../../async/until-aborted.js';
import { codeFolder } from '../../errors/code-folder.js';

/**
 * Runs a PAC file's FindProxyForURL in a thread of its own: a script that does not end, or eats memory, is in nobody's
 * way there, and can be ended.
 * @throws Error that says how it failed; the signal's reason
 */
export async function runPac(script: string, target: URL, signal: AbortSignal): Promise<string> {
  signal.throwIfAborted();
  const thread = threads.get(script) ?? new PacThread(script);
  try {
    return await thread.ask(target, signal);
  } catch (error) {
    // It may never answer again, or not as it would have.
    thread.retire();
    throw error;
  }
}

/** By script. They are kept for some seconds: connections are made several at a time. */
const threads = new Map<string, PacThread>();

/** Milliseconds. */
const idleTime = 10_000;

/** Megabytes, beside what the script itself may have. */
const resourceLimits = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32 };

type Reply = { readonly id: number } & ({ readonly answer: string } | { readonly problem: string });

interface Asker {
  resolve(answer: string): void;
  reject(error: Error): void;
}

class PacThread {
  readonly #script: string;
  readonly #worker: Worker;
  readonly #askers = new Map<number, Asker>();
  #lastId = 0;
  #idle: NodeJS.Timeout | undefined;

  constructor(script: string) {
    const program = new URL('network/proxy/pac-thread.js', codeFolder);
    this.#script = script;
    this.#worker = new Worker(program, { workerData: { script }, resourceLimits, env: {}, execArgv: [] });
    this.#worker.on('message', (reply: Reply) => this.#settle(reply));
    this.#worker.on('error', ({ message }) => this.#fail(message));
    this.#worker.on('exit', () => this.#fail('its thread ended'));
    threads.set(script, this);
  }

  ask({ href: url }: URL, signal: AbortSignal): Promise<string> {
    clearTimeout(this.#idle);
    this.#worker.ref();
    const id = ++this.#lastId;
    const answer = new Promise<string>((resolve, reject) => {
      this.#askers.set(id, { resolve, reject });
      this.#worker.postMessage({ id, url });
    });
    return untilAborted(answer, signal).finally(() => {
      this.#askers.delete(id);
      this.#rest();
    });
  }

  /** Is asked nothing more, and ends as soon as all have their answers. */
  retire(): void {
    if (threads.get(this.#script) === this) threads.delete(this.#script);
    this.#rest();
  }

  #rest(): void {
    if (this.#askers.size > 0) return;
    if (threads.get(this.#script) !== this) return void this.#worker.terminate();
    this.#worker.unref();
    this.#idle = setTimeout(() => this.retire(), idleTime).unref();
  }

  #settle(reply: Reply): void {
    const asker = this.#askers.get(reply.id);
    if ('answer' in reply) asker?.resolve(reply.answer);
    else asker?.reject(new Error(reply.problem));
  }

  #fail(problem: string): void {
    for (const asker of this.#askers.values()) asker.reject(new Error(problem));
    this.retire();
  }
}
