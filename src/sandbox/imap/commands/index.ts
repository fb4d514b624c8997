import type { Command } from '../command.js';
import { append } from './append.js';
import { authenticate, login } from './authenticate.js';
import { copy, move } from './copy.js';
import { close, expunge, uidExpunge } from './expunge.js';
import { fetch } from './fetch.js';
import { create, remove, rename, subscribe, unsubscribe } from './folders.js';
import { idle } from './idle.js';
import { list, lsub, namespace } from './list.js';
import { examine, select, status, unselect } from './select.js';
import { search } from './search.js';
import { capability, id, logout, noop, startTls } from './session-commands.js';
import { store } from './store.js';

/** All commands by name. */
export const commands: Readonly<Record<string, Command>> = {
  APPEND: append,
  AUTHENTICATE: authenticate,
  CAPABILITY: capability,
  CHECK: { ...noop, state: 'selected' },
  CLOSE: close,
  COPY: copy,
  CREATE: create,
  DELETE: remove,
  EXAMINE: examine,
  EXPUNGE: expunge,
  FETCH: fetch,
  ID: id,
  IDLE: idle,
  LIST: list,
  LOGIN: login,
  LOGOUT: logout,
  LSUB: lsub,
  MOVE: move,
  NAMESPACE: namespace,
  NOOP: noop,
  RENAME: rename,
  SEARCH: search,
  SELECT: select,
  STARTTLS: startTls,
  STATUS: status,
  STORE: store,
  SUBSCRIBE: subscribe,
  UNSELECT: unselect,
  UNSUBSCRIBE: unsubscribe,
};

/** The commands that `UID` may stand before. */
export const uidCommands: Readonly<Record<string, Command>> = {
  COPY: copy,
  EXPUNGE: uidExpunge,
  FETCH: fetch,
  MOVE: move,
  SEARCH: search,
  STORE: store,
};
