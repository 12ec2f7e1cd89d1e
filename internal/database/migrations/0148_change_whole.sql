-- Whether a change is about all who have the letter: then also about those who get it later.
ALTER TABLE letter_change ADD COLUMN whole {{bool}} NOT NULL DEFAULT FALSE;
-- Of recalls nothing tells afterwards whether they were about one unit.
UPDATE letter_change SET whole = TRUE WHERE kind <> 'recall';
