-- Whether the page of its challenge shows a letter to everybody. A letter of urging or a report is about a challenge, too.
ALTER TABLE letter ADD COLUMN public {{bool}} NOT NULL DEFAULT FALSE;
UPDATE letter SET public = TRUE WHERE challenge_id IS NOT NULL AND document IS NULL;
