/** Grows with every change of the tables. */
export const tablesVersion = 2;

/** Texts in JSON where they hold several things. What a mail consists of lies apart: flags change more often. */
export const tables = `
  CREATE TABLE store (id TEXT NOT NULL);
  CREATE TABLE account (address TEXT PRIMARY KEY, lastUidValidity INTEGER NOT NULL, settings TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE folder (
    number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, account TEXT NOT NULL, parent TEXT, name TEXT NOT NULL,
    role TEXT, otherId TEXT, folderClass TEXT, isMail INTEGER NOT NULL, isSubscribed INTEGER NOT NULL, keywords TEXT NOT NULL,
    uidValidity INTEGER NOT NULL, uidNext INTEGER NOT NULL
  );
  CREATE TABLE message (
    id TEXT PRIMARY KEY, folder TEXT NOT NULL, uid INTEGER NOT NULL, immutableId TEXT NOT NULL, receivedAt INTEGER NOT NULL,
    recipient TEXT, searchKey TEXT NOT NULL, revision INTEGER NOT NULL, modifiedAt INTEGER NOT NULL, flags TEXT NOT NULL,
    properties TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX messageFolder ON message (folder, uid);
  CREATE TABLE content (message TEXT PRIMARY KEY, source BLOB NOT NULL);
  CREATE TABLE change (
    folder TEXT NOT NULL, position INTEGER NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, immutableId TEXT NOT NULL,
    receivedAt INTEGER NOT NULL, PRIMARY KEY (folder, position)
  ) WITHOUT ROWID;
  CREATE TABLE record (
    number INTEGER PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, UNIQUE (kind, key)
  );
`;
