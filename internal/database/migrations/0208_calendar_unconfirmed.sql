-- A day that was foreseen, of which no published document is known yet.
ALTER TABLE calendar_day ADD COLUMN unconfirmed {{bool}} NOT NULL DEFAULT FALSE;
