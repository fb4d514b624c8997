/**
 * Values for whoever takes them, in order.
 * @template T
 */
export class Queue {
  /** @type {T[]} */
  #values = [];
  /** @type {((value: T) => void)[]} */
  #takers = [];

  /** @param {T} value */
  push(value) {
    const taker = this.#takers.shift();
    if (taker) taker(value);
    else this.#values.push(value);
  }

  /** @returns {Promise<T>} */
  next() {
    const value = this.#values.shift();
    return value === undefined ? new Promise((resolve) => this.#takers.push(resolve)) : Promise.resolve(value);
  }
}
