-- What a register is searched by (folded) and sorted by: 12a stands after 12.
ALTER TABLE letter ADD COLUMN folded TEXT NOT NULL DEFAULT '';
ALTER TABLE letter ADD COLUMN number_order {{int}} NOT NULL DEFAULT 0;
CREATE INDEX letter_state ON letter (issuer_id, state, updated_at);

-- The way of a composed letter to its signature: who submitted, signed or sent it back, when, with what words. signer is
-- the name of a leader whose signature on paper somebody else recorded.
CREATE TABLE letter_step (
    letter_id TEXT NOT NULL REFERENCES letter (id),
    number    {{int}} NOT NULL,
    event     TEXT NOT NULL,
    words     TEXT NOT NULL,
    on_paper  {{bool}} NOT NULL,
    signer    TEXT NOT NULL,
    by_id     TEXT NOT NULL,
    at        {{int}} NOT NULL,
    PRIMARY KEY (letter_id, number)
) {{strict}};

-- The versions of a letter that were issued, the last one in force: printed here when it was numbered, or uploaded with
-- a signature made elsewhere. signature is what was found in the file, nothing else.
CREATE TABLE letter_issue (
    letter_id TEXT NOT NULL REFERENCES letter (id),
    number    {{int}} NOT NULL,
    origin    TEXT NOT NULL,
    file_key  TEXT NOT NULL,
    file_name TEXT NOT NULL,
    size      {{int}} NOT NULL,
    signature TEXT NOT NULL,
    by_id     TEXT NOT NULL,
    at        {{int}} NOT NULL,
    PRIMARY KEY (letter_id, number)
) {{strict}};

-- Copies that a unit made of a letter it issued or received, numbered in a series of their own.
CREATE TABLE letter_copy (
    id         TEXT PRIMARY KEY,
    unit_id    TEXT NOT NULL REFERENCES unit (id),
    year       {{int}} NOT NULL,
    number     {{int}} NOT NULL,
    kind       TEXT NOT NULL,
    symbol     TEXT NOT NULL,
    letter_id  TEXT NOT NULL REFERENCES letter (id),
    excerpt    TEXT NOT NULL,
    place      TEXT NOT NULL,
    recipients TEXT NOT NULL,
    signer     TEXT NOT NULL,
    file_key   TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at {{int}} NOT NULL,
    UNIQUE (unit_id, year, number)
) {{strict}};
CREATE INDEX letter_copy_letter_id ON letter_copy (letter_id);
