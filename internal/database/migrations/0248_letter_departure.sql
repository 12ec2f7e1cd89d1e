-- Where a letter was signed although it departs from its form: what whoever signed saw and confirmed.
ALTER TABLE letter_step ADD COLUMN departure TEXT NOT NULL DEFAULT '[]';
