import { isAddressedTo } from './address.js';
import { FolderView } from './following/folder-view.js';
import type { MailboxContext, MailboxScope } from './mailbox-context.js';
import type { FolderPath } from './transport.js';

/** The folders that a view of a mailbox has looked into. What one of them handed out, none hands out again. */
export class MailboxFolders {
  readonly #context: MailboxContext;
  readonly #scope: MailboxScope;
  readonly #openedAt = new Date();
  readonly #handedOut = new Set<symbol>();
  readonly #opening = new Map<string, Promise<FolderView>>();
  readonly #open = new Map<string, FolderView>();

  constructor(context: MailboxContext, scope: MailboxScope) {
    this.#context = context;
    this.#scope = scope;
  }

  /** What came earlier is none of this mailbox's business. */
  get since(): Date {
    return this.#scope.since ?? this.#openedAt;
  }

  /** Those that are open now, each with whether it is the one of junk. */
  get open(): readonly { readonly view: FolderView; readonly isJunk: boolean }[] {
    return [...this.#open].map(([key, view]) => ({ view, isJunk: key === keyOf('junkemail') }));
  }

  /** All that anybody asked for, once they are open. */
  async all(): Promise<readonly FolderView[]> {
    return await Promise.all(this.#opening.values());
  }

  /** The folder's view, opened where it is not yet. */
  get(path: FolderPath): Promise<FolderView> {
    const key = keyOf(path);
    let view = this.#opening.get(key);
    if (!view) {
      view = this.#openView(path);
      this.#opening.set(key, view);
      view.then(
        (opened) => this.#open.set(key, opened),
        () => this.#opening.delete(key),
      );
    }
    return view;
  }

  /** The folder's view after one look at the server. */
  async look(path: FolderPath = 'inbox'): Promise<FolderView> {
    const view = await this.get(path);
    await view.feed.look();
    return view;
  }

  close(): void {
    // One that is still being opened, on a server that does not answer, holds nobody up.
    for (const view of this.#opening.values()) void view.then((opened) => opened.close()).catch(() => {});
  }

  async #openView(path: FolderPath): Promise<FolderView> {
    const { shared, since, address } = this.#scope;
    const feed = await this.#context.feed(path);
    if (shared) await feed.look();
    const view = new FolderView(feed, {
      sees: ({ ref }) => shared || isAddressedTo(ref, address),
      toMessage: (...content) => this.#context.message(...content),
      handedOut: this.#handedOut,
      handingOut: ({ ref }) => this.#context.handingOut(ref),
    });
    const from = path === 'inbox' ? since : this.since;
    try {
      if (from) await view.lookBack(from);
      return view;
    } catch (error) {
      view.close();
      throw error;
    }
  }
}

function keyOf(path: FolderPath): string {
  return JSON.stringify(path);
}
