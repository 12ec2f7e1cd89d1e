-- Published results. A row is never changed: a correction is another row with the next number.
CREATE TABLE publication (
    id           TEXT PRIMARY KEY,
    challenge_id TEXT NOT NULL REFERENCES challenge (id),
    number       {{int}} NOT NULL,
    reason       TEXT NOT NULL,
    sha256       TEXT NOT NULL,
    document     {{blob}} NOT NULL, -- the canonical bytes, as they were hashed
    published_by TEXT NOT NULL,
    published_at {{int}} NOT NULL,
    UNIQUE (challenge_id, number)
) {{strict}};
