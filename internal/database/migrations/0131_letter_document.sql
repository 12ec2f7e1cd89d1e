-- A letter composed here keeps its document; one that was read in has none. answers_id is the letter it passes on, urges
-- about or reports on.
ALTER TABLE letter ADD COLUMN document TEXT;
ALTER TABLE letter ADD COLUMN answers_id TEXT REFERENCES letter (id);
CREATE INDEX letter_answers_id ON letter (answers_id);
