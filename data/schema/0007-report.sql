-- What reports look up by date, so that a term costs the same however many terms lie before it.
CREATE INDEX membership_to ON membership (to_date, from_date, person_id, unit_id);
CREATE INDEX campaign_from ON campaign (organisation_id, from_date);
CREATE INDEX case_file_opened ON case_file (opened_on);
CREATE INDEX case_file_closed ON case_file (closed_on) WHERE closed_on IS NOT NULL;
CREATE INDEX crisis_event_at ON crisis_event (organisation_id, at);
CREATE INDEX activity_held ON activity (organisation_id, held_on);
CREATE INDEX referral_step_at ON referral_step (state, at, referral_id);
