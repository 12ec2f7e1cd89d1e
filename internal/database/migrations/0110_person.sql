-- People. The key of an e-mail address is its folded form; a person without one has none.
CREATE TABLE person (
    id           TEXT PRIMARY KEY,
    name         TEXT NOT NULL,
    folded       TEXT NOT NULL,
    email        TEXT NOT NULL,
    email_key    TEXT UNIQUE,
    phone        TEXT NOT NULL,
    birth_date   TEXT NOT NULL,
    lang         TEXT NOT NULL,
    home_unit_id TEXT REFERENCES unit (id),
    created_at   {{int}} NOT NULL,
    updated_at   {{int}} NOT NULL
) {{strict}};

-- Who holds which role in which unit on which days; no unit is the whole installation. Rows are ended, never deleted.
CREATE TABLE person_role (
    id         TEXT PRIMARY KEY,
    person_id  TEXT NOT NULL REFERENCES person (id),
    role       TEXT NOT NULL,
    unit_id    TEXT REFERENCES unit (id),
    valid_from TEXT NOT NULL,
    valid_to   TEXT NOT NULL,
    granted_by TEXT NOT NULL,
    granted_at {{int}} NOT NULL,
    revoked_by TEXT NOT NULL,
    revoked_at {{int}}
) {{strict}};
CREATE INDEX person_role_person_id ON person_role (person_id);
CREATE INDEX person_role_unit_id ON person_role (unit_id);

-- Proof of consent: who agreed to which text, for what, when; a withdrawal is noted beside it.
CREATE TABLE person_consent (
    id             TEXT PRIMARY KEY,
    person_id      TEXT NOT NULL REFERENCES person (id),
    purpose        TEXT NOT NULL,
    text_version   TEXT NOT NULL,
    text_sha256    TEXT NOT NULL,
    guardian_name  TEXT NOT NULL,
    guardian_phone TEXT NOT NULL,
    child_agreed   {{bool}} NOT NULL,
    given_at       {{int}} NOT NULL,
    withdrawn_at   {{int}}
) {{strict}};
CREATE INDEX person_consent_person_id ON person_consent (person_id);
