import type { IncomingMessage, ServerResponse } from 'node:http';
import type { DoorSign, HttpDoor } from './door.js';

/** A door that is opened when the first request comes to it: what is behind it takes long to load. */
export class LazyDoor<Door extends HttpDoor = HttpDoor> implements HttpDoor {
  readonly #sign: DoorSign;
  readonly #open: () => Promise<Door>;
  #opening: Promise<Door> | undefined;
  #opened: Door | undefined;
  #isClosed = false;

  constructor(sign: DoorSign, open: () => Promise<Door>) {
    this.#sign = sign;
    this.#open = open;
  }

  get isOpenToPages(): boolean {
    return this.#sign.isOpenToPages;
  }

  /** The door; nothing as long as nobody has come to it. */
  get opened(): Door | undefined {
    return this.#opened;
  }

  owns(path: string): boolean {
    return this.#sign.owns(path);
  }

  serviceAt(path: string): ReturnType<DoorSign['serviceAt']> {
    return this.#sign.serviceAt(path);
  }

  async handle(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const door = await this.open();
    await door.handle(request, response, url);
  }

  open(): Promise<Door> {
    return (this.#opening ??= this.#openNow());
  }

  close(): void {
    this.#isClosed = true;
    this.#opened?.close();
  }

  async #openNow(): Promise<Door> {
    const door = await this.#open();
    this.#opened = door;
    if (this.#isClosed) door.close();
    return door;
  }
}
