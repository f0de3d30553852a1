CREATE TABLE organisation (
  id          INTEGER PRIMARY KEY,
  name        TEXT NOT NULL CHECK (name <> ''),
  profile     TEXT NOT NULL CHECK (profile = 'school' OR profile = 'college' OR profile = 'enterprise'),
  head_count  INTEGER NOT NULL DEFAULT 0,
  created_at  INTEGER NOT NULL
) STRICT;

-- A tree below the organisation: campus > grade > class, or company > department > team.
-- key is the normalised name, so that every spelling of a class finds the same row ('grade:7', 'class:7:1').
CREATE TABLE unit (
  id              INTEGER PRIMARY KEY,
  organisation_id INTEGER NOT NULL REFERENCES organisation (id),
  parent_id       INTEGER REFERENCES unit (id),
  kind            TEXT NOT NULL CHECK (kind = 'campus' OR kind = 'grade' OR kind = 'class' OR
      kind = 'company' OR kind = 'department' OR kind = 'team'),
  name            TEXT NOT NULL CHECK (name <> ''),
  key             TEXT NOT NULL,
  position        INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE UNIQUE INDEX unit_key ON unit (organisation_id, ifnull (parent_id, 0), key);
CREATE INDEX unit_parent ON unit (parent_id);

-- unit_id is the present membership's unit, level the present attention level; both are kept by the
-- program so that a list of a million people needs no join (history: membership, warning).
CREATE TABLE person (
  id              INTEGER PRIMARY KEY,
  organisation_id INTEGER NOT NULL REFERENCES organisation (id),
  unit_id         INTEGER REFERENCES unit (id),
  kind            TEXT NOT NULL CHECK (kind = 'student' OR kind = 'employee' OR kind = 'teacher'),
  code            TEXT,
  national_id     TEXT,
  name            TEXT NOT NULL CHECK (name <> ''),
  pinyin          TEXT NOT NULL DEFAULT '',
  initials        TEXT NOT NULL DEFAULT '',
  sort_key        TEXT NOT NULL DEFAULT '',
  sex             TEXT NOT NULL CHECK (sex = 'unknown' OR sex = 'male' OR sex = 'female'),
  birth_date      TEXT CHECK (birth_date IS NULL OR birth_date GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
  phone           TEXT,
  address         TEXT,
  post            TEXT,
  remark          TEXT,
  state           TEXT NOT NULL CHECK (state = 'active' OR state = 'suspended' OR state = 'transferred' OR
      state = 'graduated' OR state = 'left'),
  level           INTEGER CHECK (level BETWEEN 1 AND 3),
  created_at      INTEGER NOT NULL,
  updated_at      INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX person_code ON person (organisation_id, code) WHERE code IS NOT NULL;
-- These two answer the lists that are asked for all the time without reading a person's row.
CREATE INDEX person_sort ON person (sort_key, id, state, organisation_id, level);
CREATE INDEX person_unit ON person (unit_id, sort_key, id, state, organisation_id, level);
CREATE INDEX person_level ON person (level, sort_key, id) WHERE level IS NOT NULL;
CREATE INDEX person_name ON person (name);
CREATE INDEX person_national_id ON person (national_id) WHERE national_id IS NOT NULL;

-- One row a person: every place where somebody may begin to type it, as terms that are told apart by their
-- first letter (app/people/search-terms.c). person_term reads the terms in order, so that a keystroke is a
-- range which stops at its limit, however many people there are.
CREATE VIRTUAL TABLE person_search USING fts5 (
  terms, tokenize = 'ascii', content = '', contentless_delete = 1, detail = 'none'
);
CREATE VIRTUAL TABLE person_term USING fts5vocab (person_search, instance);

CREATE TABLE membership (
  id        INTEGER PRIMARY KEY,
  person_id INTEGER NOT NULL REFERENCES person (id),
  unit_id   INTEGER NOT NULL REFERENCES unit (id),
  from_date TEXT NOT NULL,
  to_date   TEXT
) STRICT;

CREATE INDEX membership_person ON membership (person_id, from_date);
CREATE INDEX membership_unit ON membership (unit_id, from_date);

CREATE TABLE contact (
  id         INTEGER PRIMARY KEY,
  person_id  INTEGER NOT NULL REFERENCES person (id),
  name       TEXT NOT NULL CHECK (name <> ''),
  relation   TEXT NOT NULL CHECK (relation = 'guardian' OR relation = 'father' OR relation = 'mother' OR
      relation = 'grandparent' OR relation = 'spouse' OR relation = 'relative' OR
      relation = 'class_teacher' OR relation = 'other'),
  phone      TEXT,
  may_tell   TEXT NOT NULL CHECK (may_tell = 'unknown' OR may_tell = 'everything' OR
      may_tell = 'risk_only' OR may_tell = 'nothing'),
  remark     TEXT
) STRICT;

CREATE INDEX contact_person ON contact (person_id);

CREATE TABLE consent (
  id           INTEGER PRIMARY KEY,
  person_id    INTEGER NOT NULL REFERENCES person (id),
  kind         TEXT NOT NULL CHECK (kind = 'file' OR kind = 'assessment' OR kind = 'counselling' OR
      kind = 'tell_guardian' OR kind = 'referral_release'),
  given_by     TEXT NOT NULL,
  given_on     TEXT NOT NULL,
  until        TEXT,
  withdrawn_on TEXT,
  remark       TEXT
) STRICT;

CREATE INDEX consent_person ON consent (person_id);

-- tag is an id of people/tags ('left_behind', 'single_parent' …) or the user's own word.
CREATE TABLE person_tag (
  id        INTEGER PRIMARY KEY,
  person_id INTEGER NOT NULL REFERENCES person (id),
  tag       TEXT NOT NULL CHECK (tag <> ''),
  since     TEXT NOT NULL,
  remark    TEXT,
  UNIQUE (person_id, tag)
) STRICT;

CREATE INDEX person_tag_tag ON person_tag (tag, person_id);
