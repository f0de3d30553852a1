-- References that are followed backwards: the follow-ups of a warning, the notes of a case, and whatever points at a
-- row that an undo takes away. Without them each of these reads the whole table.
CREATE INDEX follow_up_warning ON follow_up (warning_id, cause, state) WHERE warning_id IS NOT NULL;
CREATE INDEX follow_up_referral ON follow_up (referral_id, cause) WHERE referral_id IS NOT NULL;
CREATE INDEX session_note_case ON session_note (case_id) WHERE case_id IS NOT NULL;
CREATE INDEX session_note_amends ON session_note (amends_id) WHERE amends_id IS NOT NULL;
CREATE INDEX warning_reason_assessment ON warning_reason (assessment_id) WHERE assessment_id IS NOT NULL;
CREATE INDEX referral_warning ON referral (warning_id) WHERE warning_id IS NOT NULL;
CREATE INDEX referral_previous ON referral (previous_id) WHERE previous_id IS NOT NULL;
CREATE INDEX crisis_event_person ON crisis_event (person_id) WHERE person_id IS NOT NULL;

-- Today shows the earliest deadlines first, of however many that wait.
CREATE INDEX warning_due ON warning (state, due_at, level);
