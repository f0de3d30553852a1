CREATE TABLE institution (
  id              INTEGER PRIMARY KEY,
  name            TEXT NOT NULL CHECK (name <> ''),
  kind            TEXT NOT NULL CHECK (kind = 'psychiatric_hospital' OR kind = 'general_hospital' OR
      kind = 'maternal_child' OR kind = 'clinic' OR kind = 'agency' OR kind = 'other'),
  department      TEXT,
  takes           TEXT,
  contact         TEXT,
  hotline         TEXT,
  address         TEXT,
  hours           TEXT,
  agreement_until TEXT,
  remark          TEXT
) STRICT;

-- released: the sections that consent lets into the letter, comma-separated ids of referral/letter.
CREATE TABLE referral (
  id             INTEGER PRIMARY KEY,
  person_id      INTEGER NOT NULL REFERENCES person (id),
  warning_id     INTEGER REFERENCES warning (id),
  institution_id INTEGER NOT NULL REFERENCES institution (id),
  previous_id    INTEGER REFERENCES referral (id),
  lane           TEXT NOT NULL CHECK (lane = 'emergency' OR lane = 'urgent' OR lane = 'routine'),
  state          TEXT NOT NULL CHECK (state = 'draft' OR state = 'consent_asked' OR state = 'consented' OR
      state = 'refused' OR state = 'sent' OR state = 'accepted' OR state = 'declined' OR
      state = 'attended' OR state = 'missed' OR state = 'result_in' OR state = 'closed'),
  reason         TEXT NOT NULL CHECK (reason <> ''),
  released       TEXT NOT NULL DEFAULT '',
  guardian_told_at  INTEGER,
  principal_told_at INTEGER,
  slip_code      TEXT,
  opened_at      INTEGER NOT NULL,
  state_at       INTEGER NOT NULL,
  due_at         INTEGER,
  result         TEXT
) STRICT;

CREATE INDEX referral_state ON referral (state, due_at);
CREATE INDEX referral_person ON referral (person_id, opened_at);
CREATE INDEX referral_opened ON referral (opened_at);
CREATE UNIQUE INDEX referral_slip ON referral (slip_code) WHERE slip_code IS NOT NULL;

CREATE TABLE referral_step (
  id          INTEGER PRIMARY KEY,
  referral_id INTEGER NOT NULL REFERENCES referral (id),
  state       TEXT NOT NULL,
  at          INTEGER NOT NULL,
  note        TEXT
) STRICT;

CREATE INDEX referral_step_referral ON referral_step (referral_id, at);

-- Which step may follow which. only_lane: the step is open to that lane alone.
CREATE TABLE referral_transition (
  from_state TEXT NOT NULL,
  to_state   TEXT NOT NULL,
  only_lane  TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (from_state, to_state, only_lane)
) STRICT, WITHOUT ROWID;

INSERT INTO referral_transition (from_state, to_state, only_lane) VALUES
  ('draft', 'consent_asked', ''),
  ('draft', 'sent', 'emergency'),
  ('draft', 'closed', ''),
  ('consent_asked', 'consented', ''),
  ('consent_asked', 'refused', ''),
  ('consent_asked', 'sent', 'emergency'),
  ('refused', 'consent_asked', ''),
  ('refused', 'closed', ''),
  ('consented', 'sent', ''),
  ('consented', 'refused', ''),
  ('sent', 'accepted', ''),
  ('sent', 'declined', ''),
  ('accepted', 'attended', ''),
  ('accepted', 'missed', ''),
  ('missed', 'accepted', ''),
  ('missed', 'attended', ''),
  ('missed', 'closed', ''),
  ('declined', 'sent', ''),
  ('declined', 'closed', ''),
  ('attended', 'result_in', ''),
  ('result_in', 'closed', '');

CREATE TRIGGER referral_starts_as_draft BEFORE INSERT ON referral WHEN new.state <> 'draft'
BEGIN SELECT raise (ABORT, 'a referral starts as a draft'); END;

CREATE TRIGGER referral_step_is_legal BEFORE UPDATE OF state ON referral
WHEN old.state <> new.state AND NOT EXISTS (
  SELECT 1 FROM referral_transition
   WHERE from_state = old.state AND to_state = new.state AND only_lane IN ('', old.lane))
BEGIN SELECT raise (ABORT, 'this step does not follow from the present one'); END;

CREATE TRIGGER referral_emergency_is_told BEFORE UPDATE OF state ON referral
WHEN new.state = 'sent' AND old.state IN ('draft', 'consent_asked')
     AND (new.guardian_told_at IS NULL OR new.principal_told_at IS NULL)
BEGIN SELECT raise (ABORT, 'guardian and principal are told before an emergency referral is sent'); END;
