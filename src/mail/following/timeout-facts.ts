import type { MessageFilter } from '../message/filter/filter.js';
import type { MessageRef } from '../transport.js';
import type { FolderView } from './folder-view.js';

/** Everything that can be said about a message that did not come. */
export interface TimeoutFacts {
  readonly connection: string;
  readonly address: string;
  /** The account's address, where `address` is one of a test's own. */
  readonly account: string;
  readonly filter: MessageFilter;
  /** `within 60 s`. */
  readonly limit: string;
  /** The test's own time-out ended it. */
  readonly cutShort: boolean;
  readonly view: FolderView;
  readonly folder: string;
  /** What lies in Junk Email for the address; nothing where that could not be found out. */
  readonly junk: readonly MessageRef[] | undefined;
  /** What others got since then, on a server that tells: a sandbox. */
  readonly elsewhere: readonly MessageRef[];
}
