-- What the vault keeps about itself.
--
-- In all these files the alternatives of a CHECK are written out: for "x IN (…)" of more than two values
-- SQLite fills a table anew at each insert, which made an import two and a half times slower.
CREATE TABLE setting (
  key   TEXT PRIMARY KEY NOT NULL,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
  id        INTEGER PRIMARY KEY,
  at        INTEGER NOT NULL,
  action    TEXT NOT NULL,
  entity    TEXT,
  entity_id INTEGER,
  detail    TEXT,
  previous  BLOB NOT NULL,
  hash      BLOB NOT NULL CHECK (length (hash) = 32)
) STRICT;

CREATE INDEX audit_entity ON audit (entity, entity_id);

CREATE TRIGGER audit_is_append_only_update BEFORE UPDATE ON audit
BEGIN SELECT raise (ABORT, 'audit rows are never changed'); END;
CREATE TRIGGER audit_is_append_only_delete BEFORE DELETE ON audit
BEGIN SELECT raise (ABORT, 'audit rows are never deleted'); END;

-- A batch is one import: one transaction, one audit row, one undo.
CREATE TABLE import_batch (
  id        INTEGER PRIMARY KEY,
  kind      TEXT NOT NULL CHECK (kind IN ('roster', 'answers')),
  file_name TEXT NOT NULL,
  at        INTEGER NOT NULL,
  counts    TEXT NOT NULL,
  undone_at INTEGER
) STRICT;

-- What an import did to one record; before is NULL for a new one, else its JSON.
CREATE TABLE import_change (
  id        INTEGER PRIMARY KEY,
  batch_id  INTEGER NOT NULL REFERENCES import_batch (id),
  entity    TEXT NOT NULL,
  entity_id INTEGER NOT NULL,
  before    TEXT
) STRICT;

CREATE INDEX import_change_batch ON import_change (batch_id);
