-- A message that waits for the hours in which people may be written to, also when it must be tried again.
ALTER TABLE notify_message ADD COLUMN patient {{bool}} NOT NULL DEFAULT FALSE;
-- Whether somebody was reached after a message to them had failed.
CREATE INDEX notify_message_person ON notify_message (person, state);
