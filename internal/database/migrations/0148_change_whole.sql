-- Whether a change is about all who have the letter: then also about those who get it later.
ALTER TABLE letter_change ADD COLUMN whole {{bool}} NOT NULL DEFAULT FALSE;
