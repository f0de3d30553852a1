CREATE TABLE campaign (
  id              INTEGER PRIMARY KEY,
  organisation_id INTEGER NOT NULL REFERENCES organisation (id),
  title           TEXT NOT NULL CHECK (title <> ''),
  instruments     TEXT NOT NULL,
  from_date       TEXT NOT NULL,
  due_date        TEXT,
  state           TEXT NOT NULL CHECK (state IN ('open', 'closed')),
  created_at      INTEGER NOT NULL
) STRICT;

-- The roster of a campaign, frozen at its start, with the unit that the person was in then.
CREATE TABLE participant (
  campaign_id INTEGER NOT NULL REFERENCES campaign (id),
  person_id   INTEGER NOT NULL REFERENCES person (id),
  unit_id     INTEGER REFERENCES unit (id),
  state       TEXT NOT NULL CHECK (state = 'pending' OR state = 'done' OR state = 'absent' OR
      state = 'refused' OR state = 'excluded'),
  remark      TEXT,
  PRIMARY KEY (campaign_id, person_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX participant_person ON participant (person_id);
CREATE INDEX participant_unit ON participant (campaign_id, unit_id, state);

-- answers is a JSON array in item order, null for one left blank.
CREATE TABLE assessment (
  id          INTEGER PRIMARY KEY,
  person_id   INTEGER NOT NULL REFERENCES person (id),
  campaign_id INTEGER REFERENCES campaign (id),
  batch_id    INTEGER REFERENCES import_batch (id),
  instrument  TEXT NOT NULL,
  taken_at    INTEGER NOT NULL,
  taken_on    TEXT NOT NULL,
  entered     TEXT NOT NULL CHECK (entered = 'import' OR entered = 'keyed' OR entered = 'respondent'),
  answers     TEXT NOT NULL,
  missing     INTEGER NOT NULL,
  complete    INTEGER NOT NULL CHECK (complete IN (0, 1)),
  valid       INTEGER NOT NULL CHECK (valid IN (0, 1)),
  created_at  INTEGER NOT NULL
) STRICT;

CREATE INDEX assessment_person ON assessment (person_id, instrument, taken_on);
CREATE INDEX assessment_campaign ON assessment (campaign_id, instrument);
CREATE INDEX assessment_date ON assessment (taken_on, instrument);

CREATE TABLE score (
  assessment_id INTEGER NOT NULL REFERENCES assessment (id),
  scale         TEXT NOT NULL,
  value         REAL NOT NULL,
  band          TEXT,
  PRIMARY KEY (assessment_id, scale)
) STRICT, WITHOUT ROWID;

CREATE TABLE critical_hit (
  assessment_id INTEGER NOT NULL REFERENCES assessment (id),
  item          INTEGER NOT NULL,
  value         INTEGER NOT NULL,
  PRIMARY KEY (assessment_id, item)
) STRICT, WITHOUT ROWID;
