-- A warning never closes through silence: only triage, or the end of care, moves its state.
CREATE TABLE warning (
  id           INTEGER PRIMARY KEY,
  person_id    INTEGER NOT NULL REFERENCES person (id),
  level        INTEGER NOT NULL CHECK (level BETWEEN 1 AND 3),
  state        TEXT NOT NULL CHECK (state = 'new' OR state = 'confirmed' OR state = 'dismissed' OR
      state = 'in_care' OR state = 'referred' OR state = 'closed'),
  source       TEXT NOT NULL CHECK (source = 'rule' OR source = 'teacher' OR source = 'peer' OR
      source = 'self' OR source = 'guardian' OR source = 'hospital'),
  raised_level INTEGER NOT NULL CHECK (raised_level BETWEEN 1 AND 3),
  raised_at    INTEGER NOT NULL,
  due_at       INTEGER NOT NULL,
  triaged_at   INTEGER,
  closed_at    INTEGER,
  remark       TEXT
) STRICT;

-- One open warning a person: the heaviest level, all reasons.
CREATE UNIQUE INDEX warning_open ON warning (person_id) WHERE state IN ('new', 'confirmed', 'in_care', 'referred');
CREATE INDEX warning_state ON warning (state, level, due_at);
CREATE INDEX warning_raised ON warning (raised_at);
CREATE INDEX warning_person ON warning (person_id, raised_at);

-- Which state may follow which: triage and the end of care, and back to new when heavier evidence comes in
-- or a triage is taken back.
CREATE TABLE warning_transition (
  from_state TEXT NOT NULL,
  to_state   TEXT NOT NULL,
  PRIMARY KEY (from_state, to_state)
) STRICT, WITHOUT ROWID;

INSERT INTO warning_transition (from_state, to_state) VALUES
  ('new', 'confirmed'),
  ('new', 'dismissed'),
  ('new', 'in_care'),
  ('new', 'referred'),
  ('confirmed', 'new'),
  ('confirmed', 'in_care'),
  ('confirmed', 'referred'),
  ('confirmed', 'closed'),
  ('dismissed', 'new'),
  ('in_care', 'new'),
  ('in_care', 'referred'),
  ('in_care', 'closed'),
  ('referred', 'new'),
  ('referred', 'in_care'),
  ('referred', 'closed');

CREATE TRIGGER warning_step_is_legal BEFORE UPDATE OF state ON warning
WHEN old.state <> new.state AND NOT EXISTS (
  SELECT 1 FROM warning_transition WHERE from_state = old.state AND to_state = new.state)
BEGIN SELECT raise (ABORT, 'this step does not follow from the present one'); END;

-- Why: the rule and what it saw, put into words when shown; text holds what a person reported.
CREATE TABLE warning_reason (
  id            INTEGER PRIMARY KEY,
  warning_id    INTEGER NOT NULL REFERENCES warning (id),
  assessment_id INTEGER REFERENCES assessment (id),
  at            INTEGER NOT NULL,
  rule          TEXT NOT NULL,
  level         INTEGER NOT NULL CHECK (level BETWEEN 1 AND 3),
  instrument    TEXT,
  item          INTEGER,
  scale         TEXT,
  value         REAL,
  text          TEXT
) STRICT;

CREATE INDEX warning_reason_warning ON warning_reason (warning_id);

CREATE TABLE triage (
  id         INTEGER PRIMARY KEY,
  warning_id INTEGER NOT NULL REFERENCES warning (id),
  at         INTEGER NOT NULL,
  outcome    TEXT NOT NULL CHECK (outcome = 'confirmed' OR outcome = 'changed' OR outcome = 'dismissed'),
  level      INTEGER CHECK (level BETWEEN 1 AND 3),
  reason     TEXT,
  note       TEXT,
  CHECK (outcome = 'confirmed' OR ifnull (reason, '') <> ''),
  CHECK ((outcome = 'dismissed') = (level IS NULL))
) STRICT;

CREATE INDEX triage_warning ON triage (warning_id);
CREATE INDEX triage_at ON triage (at);

CREATE TABLE case_file (
  id         INTEGER PRIMARY KEY,
  person_id  INTEGER NOT NULL REFERENCES person (id),
  opened_on  TEXT NOT NULL,
  closed_on  TEXT,
  problem    TEXT,
  goals      TEXT,
  outcome    TEXT
) STRICT;

CREATE UNIQUE INDEX case_file_open ON case_file (person_id) WHERE closed_on IS NULL;
CREATE INDEX case_file_person ON case_file (person_id);

CREATE TABLE session_note (
  id        INTEGER PRIMARY KEY,
  person_id INTEGER NOT NULL REFERENCES person (id),
  case_id   INTEGER REFERENCES case_file (id),
  at        INTEGER NOT NULL,
  minutes   INTEGER NOT NULL DEFAULT 50,
  kind      TEXT NOT NULL CHECK (kind = 'counselling' OR kind = 'interview' OR kind = 'family' OR
      kind = 'phone' OR kind = 'group' OR kind = 'crisis'),
  text      TEXT NOT NULL,
  amends_id INTEGER REFERENCES session_note (id),
  signed_at INTEGER
) STRICT;

CREATE INDEX session_note_person ON session_note (person_id, at);
CREATE INDEX session_note_at ON session_note (at);

CREATE TRIGGER session_note_signed_update BEFORE UPDATE ON session_note WHEN old.signed_at IS NOT NULL
BEGIN SELECT raise (ABORT, 'a signed note is never changed, only amended'); END;
CREATE TRIGGER session_note_signed_delete BEFORE DELETE ON session_note WHEN old.signed_at IS NOT NULL
BEGIN SELECT raise (ABORT, 'a signed note is never deleted'); END;

-- referral_id points at referral (0006).
CREATE TABLE follow_up (
  id               INTEGER PRIMARY KEY,
  person_id        INTEGER NOT NULL REFERENCES person (id),
  warning_id       INTEGER REFERENCES warning (id),
  referral_id      INTEGER REFERENCES referral (id),
  cause            TEXT NOT NULL CHECK (cause = 'level' OR cause = 'referral' OR cause = 'return' OR
      cause = 'manual'),
  sequence         INTEGER NOT NULL DEFAULT 1,
  due_on           TEXT NOT NULL,
  first_due_on     TEXT NOT NULL,
  state            TEXT NOT NULL CHECK (state = 'due' OR state = 'done' OR state = 'skipped'),
  done_at          INTEGER,
  note             TEXT,
  postponed_reason TEXT
) STRICT;

CREATE INDEX follow_up_due ON follow_up (state, due_on);
CREATE INDEX follow_up_person ON follow_up (person_id, due_on);
CREATE INDEX follow_up_first_due ON follow_up (first_due_on);

CREATE TABLE crisis_event (
  id        INTEGER PRIMARY KEY,
  organisation_id INTEGER NOT NULL REFERENCES organisation (id),
  person_id INTEGER REFERENCES person (id),
  at        INTEGER NOT NULL,
  kind      TEXT NOT NULL,
  text      TEXT
) STRICT;

CREATE TABLE activity (
  id        INTEGER PRIMARY KEY,
  organisation_id INTEGER NOT NULL REFERENCES organisation (id),
  held_on   TEXT NOT NULL,
  kind      TEXT NOT NULL CHECK (kind = 'lecture' OR kind = 'class' OR kind = 'group' OR
      kind = 'theme_day' OR kind = 'parents' OR kind = 'training' OR kind = 'other'),
  title     TEXT NOT NULL,
  audience  TEXT,
  head_count INTEGER NOT NULL DEFAULT 0,
  hours     REAL NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE team_member (
  id            INTEGER PRIMARY KEY,
  organisation_id INTEGER NOT NULL REFERENCES organisation (id),
  name          TEXT NOT NULL,
  role          TEXT,
  full_time     INTEGER NOT NULL CHECK (full_time IN (0, 1)),
  qualification TEXT,
  from_date     TEXT,
  to_date       TEXT
) STRICT;
