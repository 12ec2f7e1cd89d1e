-- In what an uploaded file departs from the letter it is said to be; a warning.
ALTER TABLE letter_issue ADD COLUMN difference TEXT NOT NULL DEFAULT '[]';

-- An electronic copy is signed by its organ elsewhere and uploaded: the file as signed, what was found about its signatures,
-- and when the last of them says that it was made.
ALTER TABLE letter_copy ADD COLUMN electronic {{bool}} NOT NULL DEFAULT FALSE;
ALTER TABLE letter_copy ADD COLUMN signed_key TEXT NOT NULL DEFAULT '';
ALTER TABLE letter_copy ADD COLUMN signed_name TEXT NOT NULL DEFAULT '';
ALTER TABLE letter_copy ADD COLUMN signed_size {{int}} NOT NULL DEFAULT 0;
ALTER TABLE letter_copy ADD COLUMN signed_at {{int}};
ALTER TABLE letter_copy ADD COLUMN signature TEXT NOT NULL DEFAULT '[]';
ALTER TABLE letter_copy ADD COLUMN difference TEXT NOT NULL DEFAULT '[]';
ALTER TABLE letter_copy ADD COLUMN uploaded_by TEXT NOT NULL DEFAULT '';
ALTER TABLE letter_copy ADD COLUMN uploaded_at {{int}};
