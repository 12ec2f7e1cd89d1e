-- Duties as records: what a letter says about each, and of which duty of the dispatch above it is a part.
ALTER TABLE dispatch_duty ADD COLUMN from_number {{int}} NOT NULL DEFAULT 0;
ALTER TABLE dispatch_duty ADD COLUMN deadline {{int}};
ALTER TABLE dispatch_duty ADD COLUMN quota {{int}} NOT NULL DEFAULT 0;
ALTER TABLE dispatch_duty ADD COLUMN terms TEXT NOT NULL DEFAULT '{}';

-- The part of a duty that a person of the unit has. Parts of units below are duties of their dispatches.
CREATE TABLE duty_part (
    id          TEXT PRIMARY KEY,
    dispatch_id TEXT NOT NULL REFERENCES dispatch (id),
    duty_number {{int}} NOT NULL,
    person_id   TEXT NOT NULL,
    name        TEXT NOT NULL,
    leads       {{bool}} NOT NULL,
    text        TEXT NOT NULL,
    deadline    {{int}},
    quota       {{int}} NOT NULL,
    done_at     {{int}},
    done_by     TEXT NOT NULL,
    note        TEXT NOT NULL,
    created_by  TEXT NOT NULL,
    created_at  {{int}} NOT NULL
) {{strict}};
CREATE INDEX duty_part_dispatch_id ON duty_part (dispatch_id, duty_number);

-- What was done for a duty: how many of what it asks, in which period of a duty that recurs.
CREATE TABLE duty_tick (
    id          TEXT PRIMARY KEY,
    dispatch_id TEXT NOT NULL REFERENCES dispatch (id),
    duty_number {{int}} NOT NULL,
    part_id     TEXT NOT NULL,
    period      TEXT NOT NULL,
    count       {{int}} NOT NULL,
    at          {{int}} NOT NULL,
    note        TEXT NOT NULL,
    created_by  TEXT NOT NULL,
    created_at  {{int}} NOT NULL
) {{strict}};
CREATE INDEX duty_tick_dispatch_id ON duty_tick (dispatch_id, duty_number);
