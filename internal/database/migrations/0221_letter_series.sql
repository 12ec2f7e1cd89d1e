-- The sequence in which a registered letter has its number: an organ of the State counts all types together in each year, an organ of
-- the Party each type anew in each term of its committee. series is the type, '' for all of them; term the year, or the year in which the
-- term began, NULL until the letter is registered. year was the key before; it is empty now, which sets its own unique key free.
ALTER TABLE letter ADD COLUMN series TEXT NOT NULL DEFAULT '';
ALTER TABLE letter ADD COLUMN term {{int}};
UPDATE letter SET term = year, year = NULL;
CREATE UNIQUE INDEX letter_number ON letter (issuer_id, series, term, number_key);
CREATE INDEX letter_issued_on ON letter (issuer_id, issued_on);

-- The program puts what the Party's organs have registered into its sequences when it starts, where their numbers allow it.
UPDATE letter SET folded = '' WHERE state = 'registered' AND fields LIKE '%"joint":"-"%';

-- The terms of the committee of an organ of the Party, by the year in which each began, with the first day.
CREATE TABLE letter_term (
    unit_id    TEXT NOT NULL REFERENCES unit (id),
    year       {{int}} NOT NULL,
    begins     TEXT NOT NULL,
    updated_by TEXT NOT NULL,
    updated_at {{int}} NOT NULL,
    PRIMARY KEY (unit_id, year)
) {{strict}};
