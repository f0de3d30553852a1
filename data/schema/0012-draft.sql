-- What was being typed in a form and is not saved yet. Not a record: nobody has confirmed it, so it stands in no
-- list, no report and no audit, and goes when its form is saved or thrown away.
CREATE TABLE draft (
  id        INTEGER PRIMARY KEY,
  kind      TEXT NOT NULL,
  entity    TEXT NOT NULL,
  entity_id INTEGER NOT NULL,
  fields    TEXT NOT NULL CHECK (json_valid (fields)),
  saved_at  INTEGER NOT NULL,
  UNIQUE (kind, entity, entity_id)
) STRICT;
