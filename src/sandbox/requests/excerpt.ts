/** What is kept of either side of an exchange, in octets. */
const limit = 8 * 1024;

/** The beginning of what goes over a wire. */
export class Excerpt {
  readonly #chunks: Buffer[] = [];
  #kept = 0;
  #size = 0;

  add(data: string | Uint8Array): void {
    const octets = typeof data === 'string' ? Buffer.from(data) : data;
    this.#size += octets.length;
    if (this.#kept === limit) return;
    // A copy: a slice would keep the whole of a message in memory.
    const kept = Buffer.from(octets.subarray(0, limit - this.#kept));
    this.#chunks.push(kept);
    this.#kept += kept.length;
  }

  toString(): string {
    const text = Buffer.concat(this.#chunks).toString();
    return this.#size > this.#kept ? `${text}\n... (${this.#size} octets in all)` : text;
  }
}
