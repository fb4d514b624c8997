import type { ServerResponse } from 'node:http';
import type { Faults } from '../../faults.js';

/** Writes a response that stays open, a chunk a turn of the event loop, so that each reaches the client by itself. */
export class ChunkWriter {
  readonly #response: ServerResponse;
  readonly #faults: Faults;
  #texts: string[] = [];
  #chunks: Buffer[] = [];
  #turn: NodeJS.Immediate | undefined;
  #hasEnded = false;

  constructor(response: ServerResponse, faults: Faults) {
    this.#response = response;
    this.#faults = faults;
  }

  write(text: string): void {
    this.#texts.push(text);
    this.#schedule();
  }

  /** Ends the response, after all that was written. */
  end(): void {
    this.#hasEnded = true;
    this.#schedule();
  }

  stop(): void {
    clearImmediate(this.#turn);
  }

  #schedule(): void {
    this.#turn ??= setImmediate(() => this.#writeChunk());
  }

  #writeChunk(): void {
    this.#turn = undefined;
    if (this.#chunks.length === 0) this.#chunks = cut(this.#texts.splice(0), this.#faults.chunkSize);
    const chunk = this.#chunks.shift();
    if (chunk) this.#response.write(chunk);
    if (this.#chunks.length > 0 || this.#texts.length > 0) this.#schedule();
    else if (this.#hasEnded) this.#response.end();
  }
}

/** Chunks of one size, wherever that cuts; with size 0 a chunk is a text. */
function cut(texts: readonly string[], size: number): Buffer[] {
  if (size <= 0) return texts.map((text) => Buffer.from(text));
  const octets = Buffer.from(texts.join(''));
  return Array.from({ length: Math.ceil(octets.length / size) }, (_, index) =>
    octets.subarray(index * size, (index + 1) * size),
  );
}
