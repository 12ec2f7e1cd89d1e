-- Clean-ups: events of entrants. Under way and ended follow from the clock and are not stored.
CREATE TABLE cleanup (
    id           TEXT PRIMARY KEY,
    challenge_id TEXT NOT NULL REFERENCES challenge (id),
    entrant_id   TEXT NOT NULL REFERENCES entrant (id),
    unit_id      TEXT NOT NULL REFERENCES unit (id),
    place        TEXT NOT NULL,
    description  TEXT NOT NULL,
    lat          {{float}},
    lon          {{float}},
    cell         {{int}},
    expected     {{int}} NOT NULL,
    starts_at    {{int}} NOT NULL,
    ends_at      {{int}} NOT NULL,
    state        TEXT NOT NULL,
    reason       TEXT NOT NULL,
    announced_at {{int}},
    reported_at  {{int}},
    cancelled_at {{int}},
    created_by   TEXT NOT NULL,
    created_at   {{int}} NOT NULL,
    updated_at   {{int}} NOT NULL,
    version      {{int}} NOT NULL
) {{strict}};
CREATE INDEX cleanup_challenge_id_starts_at ON cleanup (challenge_id, starts_at, id);
CREATE INDEX cleanup_challenge_id_cell ON cleanup (challenge_id, cell);
CREATE INDEX cleanup_challenge_id_unit_id ON cleanup (challenge_id, unit_id, starts_at, id);
CREATE INDEX cleanup_entrant_id_starts_at ON cleanup (entrant_id, starts_at);

-- One row per entrant, touched before its clean-ups are compared: two announcements at once wait for each other.
CREATE TABLE cleanup_agenda (
    entrant_id TEXT PRIMARY KEY REFERENCES entrant (id),
    changes    {{int}} NOT NULL
) {{strict}};

CREATE TABLE cleanup_attendance (
    cleanup_id TEXT PRIMARY KEY REFERENCES cleanup (id),
    kind       TEXT NOT NULL,
    head_count {{int}} NOT NULL,
    updated_by TEXT NOT NULL,
    updated_at {{int}} NOT NULL
) {{strict}};

-- Names of people who came: never public.
CREATE TABLE cleanup_attendee (
    cleanup_id TEXT NOT NULL REFERENCES cleanup (id),
    position   {{int}} NOT NULL,
    name       TEXT NOT NULL,
    guardian   TEXT NOT NULL,
    PRIMARY KEY (cleanup_id, position)
) {{strict}};
