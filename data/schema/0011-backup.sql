-- What was saved, restored and tried out. made_at is when the backup was made: for a drill and a restore, before at.
CREATE TABLE backup (
  id          INTEGER PRIMARY KEY,
  kind        TEXT NOT NULL CHECK (kind = 'manual' OR kind = 'automatic' OR kind = 'drill' OR kind = 'restore'),
  at          INTEGER NOT NULL,
  folder      TEXT NOT NULL,
  file        TEXT NOT NULL,
  made_at     INTEGER NOT NULL,
  bytes       INTEGER NOT NULL,
  total       INTEGER NOT NULL,
  audit_head  TEXT NOT NULL,
  verified_at INTEGER,
  outcome     TEXT NOT NULL CHECK (outcome = 'done' OR outcome = 'failed'),
  why         TEXT,
  CHECK (outcome = 'failed' OR verified_at IS NOT NULL)
) STRICT;

CREATE INDEX backup_at ON backup (at);
