import { onAbort } from './on-abort.js';

/**
 * A signal that aborts as soon as one of several does, with its reason, until it is disposed of. `AbortSignal.any`
 * leaves something behind on the sources each time, which some of ours outlive by hours:
 * https://github.com/nodejs/node/issues/54614
 */
export class EitherSignal implements Disposable {
  readonly #controller = new AbortController();
  readonly #leave: readonly (() => void)[];

  constructor(...sources: readonly (AbortSignal | undefined)[]) {
    this.#leave = sources.flatMap((source) =>
      source ? [onAbort(source, () => this.#controller.abort(source.reason))] : [],
    );
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  [Symbol.dispose](): void {
    for (const leave of this.#leave) leave();
  }
}
