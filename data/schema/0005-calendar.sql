CREATE TABLE term (
  id          INTEGER PRIMARY KEY,
  school_year TEXT NOT NULL CHECK (school_year GLOB '[12][0-9][0-9][0-9]-[12][0-9][0-9][0-9]'),
  number      INTEGER NOT NULL CHECK (number BETWEEN 1 AND 3),
  name        TEXT NOT NULL,
  from_date   TEXT NOT NULL,
  to_date     TEXT NOT NULL,
  CHECK (to_date > from_date),
  UNIQUE (school_year, number)
) STRICT;

-- Holidays and make-up working days; every other Saturday and Sunday is free.
CREATE TABLE day_exception (
  date    TEXT PRIMARY KEY NOT NULL,
  working INTEGER NOT NULL CHECK (working IN (0, 1)),
  name    TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE appointment (
  id        INTEGER PRIMARY KEY,
  person_id INTEGER REFERENCES person (id),
  kind      TEXT NOT NULL CHECK (kind = 'interview' OR kind = 'counselling' OR kind = 'family_meeting' OR
      kind = 'assessment' OR kind = 'case_review' OR kind = 'training' OR kind = 'other'),
  title     TEXT,
  starts_at INTEGER NOT NULL,
  ends_at   INTEGER NOT NULL,
  place     TEXT,
  state     TEXT NOT NULL CHECK (state = 'planned' OR state = 'done' OR state = 'no_show' OR
      state = 'cancelled'),
  remark    TEXT,
  CHECK (ends_at > starts_at)
) STRICT;

CREATE INDEX appointment_starts ON appointment (starts_at);
CREATE INDEX appointment_person ON appointment (person_id, starts_at);
