-- What the audit trail is hashed with, once it can no longer be derived from the vault's own key: a new recovery
-- code gives the vault another key, while the links that stand and the head codes on paper must go on being
-- checkable. Empty until then.
CREATE TABLE audit_key (
  id  INTEGER PRIMARY KEY CHECK (id = 1),
  key BLOB NOT NULL CHECK (length (key) = 32)
) STRICT;

CREATE TRIGGER audit_key_is_kept_update BEFORE UPDATE ON audit_key
BEGIN SELECT raise (ABORT, 'the key of the audit trail is never changed'); END;
CREATE TRIGGER audit_key_is_kept_delete BEFORE DELETE ON audit_key
BEGIN SELECT raise (ABORT, 'the key of the audit trail is never deleted'); END;
