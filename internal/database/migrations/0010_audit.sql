-- Who did what. Only ever appended; seq has no gaps, and entry n is leaf n-1 of the Merkle tree.
CREATE TABLE audit_entry (
    seq          {{int}} PRIMARY KEY,
    at           {{int}} NOT NULL,
    actor        TEXT NOT NULL,
    action       TEXT NOT NULL,
    kind         TEXT NOT NULL,
    object       TEXT NOT NULL,
    challenge    TEXT NOT NULL, -- '' when it belongs to none
    state_before TEXT NOT NULL, -- JSON, part of what is hashed
    state_after  TEXT NOT NULL
) {{strict}};
CREATE INDEX audit_entry_challenge_seq ON audit_entry (challenge, seq);
CREATE INDEX audit_entry_object_seq ON audit_entry (object, seq);

-- The hashes of complete subtrees in the order in which they become complete.
CREATE TABLE audit_hash (
    idx  {{int}} PRIMARY KEY,
    hash {{blob}} NOT NULL
) {{strict}};

-- How many entries there are. Writers queue at this row, so that numbers are given in the order of commits.
CREATE TABLE audit_head (
    id   {{int}} PRIMARY KEY CHECK (id = 1),
    size {{int}} NOT NULL
) {{strict}};
INSERT INTO audit_head (id, size) VALUES (1, 0);
