-- What left the office. persons is how many it speaks of; disclosure_person says who, where it is about
-- somebody. copy is the number that stands on the paper, one series a year: '2026-0012'.
CREATE TABLE disclosure (
  id          INTEGER PRIMARY KEY,
  at          INTEGER NOT NULL,
  kind        TEXT NOT NULL CHECK (kind = 'export' OR kind = 'print' OR kind = 'copy' OR kind = 'spoken' OR
      kind = 'paper'),
  subject     TEXT NOT NULL CHECK (subject = 'other' OR subject = 'report' OR subject = 'letter' OR
      subject = 'missing' OR subject = 'calendar' OR subject = 'audit' OR subject = 'ledger'),
  what        TEXT NOT NULL CHECK (what <> ''),
  recipient   TEXT,
  ground      TEXT NOT NULL CHECK (ground = 'unsaid' OR ground = 'consent' OR ground = 'danger' OR
      ground = 'law' OR ground = 'duty' OR ground = 'own'),
  purpose     TEXT,
  fields      TEXT,
  identifying INTEGER NOT NULL CHECK (identifying = 0 OR identifying = 1),
  persons     INTEGER NOT NULL DEFAULT 0 CHECK (persons >= 0),
  copy        TEXT NOT NULL UNIQUE,
  file        TEXT,
  state       TEXT NOT NULL CHECK (state = 'out' OR state = 'recalled' OR state = 'destroyed' OR state = 'failed'),
  settled_at  INTEGER,
  remark      TEXT
) STRICT;

CREATE INDEX disclosure_state ON disclosure (state, id);

CREATE TABLE disclosure_person (
  person_id     INTEGER NOT NULL REFERENCES person (id),
  disclosure_id INTEGER NOT NULL REFERENCES disclosure (id),
  PRIMARY KEY (person_id, disclosure_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX disclosure_person_disclosure ON disclosure_person (disclosure_id);
