import type { ServerResponse } from 'node:http';

/** What a page shows that may have changed. */
export type Shown = 'messages' | 'requests' | 'faults';

/** Milliseconds in which changes are gathered. */
const pause = 150;

/** Open pages, which are told what has changed, as server-sent events; what it is now they ask for. */
export class ChangeStreams {
  readonly #streams = new Set<ChangeStream>();

  open(response: ServerResponse): void {
    const stream = new ChangeStream(response);
    this.#streams.add(stream);
    response.once('close', () => {
      stream.stop();
      this.#streams.delete(stream);
    });
  }

  tell(shown: Shown): void {
    for (const stream of this.#streams) stream.tell(shown);
  }

  close(): void {
    for (const stream of this.#streams) stream.stop();
  }
}

class ChangeStream {
  readonly #response: ServerResponse;
  readonly #changed = new Set<Shown>();
  #timer: NodeJS.Timeout | undefined;

  constructor(response: ServerResponse) {
    this.#response = response;
    response.writeHead(200, {
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'no-store',
      'X-Accel-Buffering': 'no',
    });
    // The time after which a page comes back where the connection is lost.
    response.write('retry: 1000\n\n');
  }

  tell(shown: Shown): void {
    this.#changed.add(shown);
    this.#timer ??= setTimeout(() => this.#send(), pause).unref();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#response.end();
  }

  #send(): void {
    this.#timer = undefined;
    if (this.#changed.size === 0 || this.#response.writableEnded) return;
    // A page that does not read is told when it does: what piles up meanwhile is one event.
    if (this.#response.writableNeedDrain) return void this.#response.once('drain', () => this.#send());
    this.#response.write(`data: ${[...this.#changed].join(' ')}\n\n`);
    this.#changed.clear();
  }
}
