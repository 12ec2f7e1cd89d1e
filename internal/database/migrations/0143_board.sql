-- Whoever changes something about a dispatch takes the letter's next number and leaves it on the dispatch: a board reads
-- what has moved since it looked last.
CREATE TABLE cascade_seq (
    letter_id TEXT PRIMARY KEY REFERENCES letter (id),
    seq       {{int}} NOT NULL
) {{strict}};
INSERT INTO cascade_seq (letter_id, seq) SELECT DISTINCT letter_id, 1 FROM dispatch;
ALTER TABLE dispatch ADD COLUMN seq {{int}} NOT NULL DEFAULT 1;
CREATE INDEX dispatch_letter_id ON dispatch (letter_id, seq);
