-- What a list of letters is narrowed by. Emptying folded makes the next start fill in both.
ALTER TABLE letter ADD COLUMN type TEXT NOT NULL DEFAULT '';
UPDATE letter SET folded = '';
