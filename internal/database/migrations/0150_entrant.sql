-- Entrants: who takes part in a challenge. What is personal lies in entrant_contact and entrant_consent alone, so that
-- it can be erased and the results remain.
CREATE TABLE entrant (
    id                TEXT PRIMARY KEY,
    challenge_id      TEXT NOT NULL REFERENCES challenge (id),
    number            {{int}} NOT NULL,
    division          TEXT NOT NULL,
    name              TEXT NOT NULL,
    folded            TEXT NOT NULL,
    unit_id           TEXT NOT NULL REFERENCES unit (id),
    representative_id TEXT NOT NULL,
    assisted          {{bool}} NOT NULL,
    members           {{int}} NOT NULL,
    name_hidden       {{bool}} NOT NULL,
    duplicate_of      TEXT NOT NULL,
    rules             {{int}} NOT NULL,
    state             TEXT NOT NULL,
    reason            TEXT NOT NULL,
    decided_by        TEXT NOT NULL,
    decided_at        {{int}},
    created_at        {{int}} NOT NULL,
    updated_at        {{int}} NOT NULL,
    UNIQUE (challenge_id, number)
) {{strict}};
CREATE INDEX entrant_representative_id ON entrant (representative_id);
CREATE INDEX entrant_challenge_id_folded_unit_id ON entrant (challenge_id, folded, unit_id);
CREATE INDEX entrant_challenge_id_state ON entrant (challenge_id, state, number);

CREATE TABLE entrant_number (
    challenge_id TEXT PRIMARY KEY REFERENCES challenge (id),
    last         {{int}} NOT NULL
) {{strict}};

CREATE TABLE entrant_contact (
    entrant_id     TEXT PRIMARY KEY REFERENCES entrant (id),
    full_name      TEXT NOT NULL,
    birth_date     TEXT NOT NULL,
    phone          TEXT NOT NULL,
    email          TEXT NOT NULL,
    lang           TEXT NOT NULL,
    guardian_name  TEXT NOT NULL,
    guardian_phone TEXT NOT NULL
) {{strict}};

CREATE TABLE entrant_consent (
    entrant_id TEXT NOT NULL REFERENCES entrant (id),
    purpose    TEXT NOT NULL,
    giver      TEXT NOT NULL,
    rules      {{int}} NOT NULL,
    given_at   {{int}} NOT NULL,
    PRIMARY KEY (entrant_id, purpose, giver)
) {{strict}};
