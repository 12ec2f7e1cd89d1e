-- Reports: one for each clean-up. figures are the entrant's, adjusted the board's.
CREATE TABLE report (
    id             TEXT PRIMARY KEY,
    cleanup_id     TEXT NOT NULL UNIQUE REFERENCES cleanup (id),
    challenge_id   TEXT NOT NULL REFERENCES challenge (id),
    entrant_id     TEXT NOT NULL REFERENCES entrant (id),
    state          TEXT NOT NULL,
    version        {{int}} NOT NULL,
    figures        TEXT NOT NULL,
    adjusted       TEXT,
    note           TEXT NOT NULL,
    hazardous_note TEXT NOT NULL,
    send_backs     {{int}} NOT NULL,
    reason         TEXT NOT NULL,
    deadline       {{int}},
    decided_by     TEXT NOT NULL,
    decided_at     {{int}},
    claimed_by     TEXT NOT NULL,
    claimed_until  {{int}},
    created_by     TEXT NOT NULL,
    created_at     {{int}} NOT NULL,
    updated_at     {{int}} NOT NULL,
    submitted_at   {{int}}
) {{strict}};
CREATE INDEX report_challenge_id_state_submitted_at ON report (challenge_id, state, submitted_at, id);
CREATE INDEX report_entrant_id ON report (entrant_id, created_at);

-- What was sent in and what was decided; never changed. The identifier is made by the client, so that sending a step
-- again does nothing.
CREATE TABLE report_step (
    id             TEXT PRIMARY KEY,
    report_id      TEXT NOT NULL REFERENCES report (id),
    version        {{int}} NOT NULL,
    event          TEXT NOT NULL,
    figures        TEXT NOT NULL,
    note           TEXT NOT NULL,
    hazardous_note TEXT NOT NULL,
    photos         TEXT NOT NULL,
    reason         TEXT NOT NULL,
    deadline       {{int}},
    created_by     TEXT NOT NULL,
    created_at     {{int}} NOT NULL,
    UNIQUE (report_id, version)
) {{strict}};

-- A removed photo keeps its row, so that a late repetition of its upload does not bring it back.
CREATE TABLE report_photo (
    id          TEXT PRIMARY KEY,
    report_id   TEXT NOT NULL REFERENCES report (id),
    role        TEXT NOT NULL,
    file_name   TEXT NOT NULL,
    sha256      TEXT NOT NULL,
    size        {{int}} NOT NULL,
    format      TEXT NOT NULL,
    width       {{int}} NOT NULL,
    height      {{int}} NOT NULL,
    taken_at    {{int}},
    lat         {{float}},
    lon         {{float}},
    hash        {{int}} NOT NULL,
    created_by  TEXT NOT NULL,
    created_at  {{int}} NOT NULL,
    removed_at  {{int}}
) {{strict}};
CREATE UNIQUE INDEX report_photo_report_id_sha256 ON report_photo (report_id, sha256) WHERE removed_at IS NULL;
CREATE INDEX report_photo_sha256 ON report_photo (sha256);

-- Photos that a client announced and that have not arrived.
CREATE TABLE report_photo_expected (
    id         TEXT PRIMARY KEY,
    report_id  TEXT NOT NULL REFERENCES report (id),
    role       TEXT NOT NULL,
    file_name  TEXT NOT NULL,
    sha256     TEXT NOT NULL,
    created_at {{int}} NOT NULL
) {{strict}};
CREATE INDEX report_photo_expected_report_id ON report_photo_expected (report_id);
