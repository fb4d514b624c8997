import { ChangeLog, type Change } from '../store/change-log.js';
import type { KeptAccount, KeptFolder, KeptMessage } from '../store/kept.js';
import type { PropertyValue } from '../store/new-message.js';
import type { FolderRole } from '../store/standard-folders.js';
import type { KeptStore } from '../store/store.js';
import type { Database, Row } from './database.js';

/** Reads what was kept; the mails themselves are read when they are wanted. */
export function loadStore(database: Database): KeptStore {
  const accounts = database.all('SELECT * FROM account').map(({ address, lastUidValidity, settings }): KeptAccount => {
    const rows = database.all('SELECT * FROM folder WHERE account = ? ORDER BY number', String(address));
    return {
      address: String(address),
      lastUidValidity: Number(lastUidValidity),
      settings: JSON.parse(String(settings)) as [string, unknown][],
      folders: parentsFirst(rows).map((row) => readFolder(row, database)),
    };
  });
  return { id: String(database.get('SELECT id FROM store')?.['id']), accounts };
}

/** Else in the order in which they were made. */
function parentsFirst(rows: readonly Row[]): Row[] {
  const byId = new Map(rows.map((row) => [row['id'], row]));
  const depth = (row: Row | undefined): number => (row ? 1 + depth(byId.get(row['parent'] ?? null)) : 0);
  return rows.toSorted((one, other) => depth(one) - depth(other));
}

const messagesOfFolder = `
  SELECT message.*, length(content.source) AS size FROM message JOIN content ON content.message = message.id
  WHERE folder = ? ORDER BY uid`;

function readFolder(row: Row, database: Database): KeptFolder {
  const id = String(row['id']);
  const all = (sql: string) => database.all(sql, id);
  return {
    id,
    parent: textOf(row['parent']),
    name: String(row['name']),
    role: textOf(row['role']) as FolderRole | undefined,
    otherId: textOf(row['otherId']),
    folderClass: row['isMail'] && row['folderClass'] ? undefined : String(row['folderClass']),
    isSubscribed: row['isSubscribed'] === 1,
    keywords: JSON.parse(String(row['keywords'])) as string[],
    uidValidity: Number(row['uidValidity']),
    uidNext: Number(row['uidNext']),
    messages: all(messagesOfFolder).map((message) => readMessage(message, database)),
    changes: readChanges(all('SELECT * FROM change WHERE folder = ? ORDER BY position')),
  };
}

function readMessage(row: Row, database: Database): KeptMessage {
  const id = String(row['id']);
  return {
    id,
    uid: Number(row['uid']),
    size: Number(row['size']),
    immutableId: String(row['immutableId']),
    receivedAt: new Date(Number(row['receivedAt'])),
    recipient: textOf(row['recipient']),
    searchKey: String(row['searchKey']),
    revision: Number(row['revision']),
    modifiedAt: new Date(Number(row['modifiedAt'])),
    flags: JSON.parse(String(row['flags'])) as string[],
    properties: JSON.parse(String(row['properties'])) as [string, PropertyValue][],
    source: () =>
      Buffer.from(database.get('SELECT source FROM content WHERE message = ?', id)!['source'] as Uint8Array),
  };
}

function readChanges(rows: readonly Row[]): ChangeLog {
  const changes = rows.map(({ kind, id, immutableId, receivedAt }): Change => ({
    kind: kind as Change['kind'],
    id: String(id),
    immutableId: String(immutableId),
    receivedAt: new Date(Number(receivedAt)),
  }));
  return new ChangeLog(changes, Number(rows[0]?.['position'] ?? 0));
}

function textOf(value: Row[string] | undefined): string | undefined {
  return value === null || value === undefined ? undefined : String(value);
}
