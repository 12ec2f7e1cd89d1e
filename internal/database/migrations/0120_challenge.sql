-- Challenges: editions with their rules, scoring schemes and documents.
CREATE TABLE challenge (
    id                 TEXT PRIMARY KEY,
    slug               TEXT NOT NULL UNIQUE,
    title              TEXT NOT NULL,
    summary            TEXT NOT NULL,
    organiser_id       TEXT NOT NULL REFERENCES unit (id),
    area_id            TEXT NOT NULL REFERENCES unit (id),
    box                TEXT NOT NULL,
    starts_at          {{int}} NOT NULL,
    ends_at            {{int}} NOT NULL,
    registration_from  {{int}} NOT NULL,
    registration_until {{int}} NOT NULL,
    reporting_until    {{int}} NOT NULL,
    zone               TEXT NOT NULL,
    state              TEXT NOT NULL,
    divisions          TEXT NOT NULL,
    parameters         TEXT NOT NULL,
    rules              {{int}} NOT NULL,
    scheme             {{int}} NOT NULL,
    seed_commitment    TEXT NOT NULL,
    seed               TEXT NOT NULL,
    synthetic          {{bool}} NOT NULL,
    announced_at       {{int}},
    judging_at         {{int}},
    published_at       {{int}},
    archived_at        {{int}},
    created_at         {{int}} NOT NULL,
    updated_at         {{int}} NOT NULL,
    version            {{int}} NOT NULL
) {{strict}};
CREATE INDEX challenge_state ON challenge (state);

-- A version of the rules or of the scheme is never changed.
CREATE TABLE challenge_rules (
    challenge_id TEXT NOT NULL REFERENCES challenge (id),
    number       {{int}} NOT NULL,
    text         TEXT NOT NULL,
    since        {{int}} NOT NULL,
    created_by   TEXT NOT NULL,
    created_at   {{int}} NOT NULL,
    PRIMARY KEY (challenge_id, number)
) {{strict}};

CREATE TABLE challenge_scheme (
    challenge_id TEXT NOT NULL REFERENCES challenge (id),
    number       {{int}} NOT NULL,
    document     TEXT NOT NULL,
    since        {{int}} NOT NULL,
    created_by   TEXT NOT NULL,
    created_at   {{int}} NOT NULL,
    PRIMARY KEY (challenge_id, number)
) {{strict}};

CREATE TABLE challenge_document (
    id           TEXT PRIMARY KEY,
    challenge_id TEXT NOT NULL REFERENCES challenge (id),
    kind         TEXT NOT NULL,
    title        TEXT NOT NULL,
    symbol       TEXT NOT NULL,
    file_name    TEXT NOT NULL,
    media_type   TEXT NOT NULL,
    size         {{int}} NOT NULL,
    sha256       TEXT NOT NULL,
    created_by   TEXT NOT NULL,
    created_at   {{int}} NOT NULL
) {{strict}};
CREATE INDEX challenge_document_challenge_id ON challenge_document (challenge_id, created_at, id);
