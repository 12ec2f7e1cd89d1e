-- Official letters. Until a letter is registered its year is NULL, which keeps it out of the unique key; number_key is
-- the number without leading zeros. source is the text as it came, file_key the uploaded bytes.
CREATE TABLE letter (
    id            TEXT PRIMARY KEY,
    issuer_id     TEXT NOT NULL REFERENCES unit (id),
    state         TEXT NOT NULL,
    year          {{int}},
    number_key    TEXT NOT NULL,
    symbol        TEXT NOT NULL,
    issued_on     TEXT NOT NULL,
    subject       TEXT NOT NULL,
    source        TEXT NOT NULL,
    file_key      TEXT NOT NULL,
    file_name     TEXT NOT NULL,
    reading       TEXT NOT NULL,
    fields        TEXT NOT NULL,
    challenge_id  TEXT REFERENCES challenge (id),
    version       {{int}} NOT NULL,
    created_by    TEXT NOT NULL,
    created_at    {{int}} NOT NULL,
    updated_at    {{int}} NOT NULL,
    registered_by TEXT NOT NULL,
    registered_at {{int}},
    UNIQUE (issuer_id, year, number_key)
) {{strict}};
CREATE INDEX letter_issuer_id ON letter (issuer_id, created_at);
CREATE INDEX letter_challenge_id ON letter (challenge_id);

-- The last number given in each register (outgoing, arrival) of a unit and year. Its row is what concurrent writers wait
-- for, so that numbers have no gaps.
CREATE TABLE letter_counter (
    unit_id TEXT NOT NULL REFERENCES unit (id),
    year    {{int}} NOT NULL,
    book    TEXT NOT NULL,
    last    {{int}} NOT NULL,
    PRIMARY KEY (unit_id, year, book)
) {{strict}};

-- The register of arrivals: each unit numbers what it receives, from 1 in each year.
CREATE TABLE letter_arrival (
    unit_id    TEXT NOT NULL REFERENCES unit (id),
    year       {{int}} NOT NULL,
    number     {{int}} NOT NULL,
    letter_id  TEXT NOT NULL REFERENCES letter (id),
    arrived_at {{int}} NOT NULL,
    PRIMARY KEY (unit_id, year, number),
    UNIQUE (unit_id, letter_id)
) {{strict}};
