-- What a unit did without the system, noted once for its reports. A wrong entry is withdrawn, never changed.
CREATE TABLE progress_activity (
    id           TEXT PRIMARY KEY,
    unit_id      TEXT NOT NULL REFERENCES unit (id),
    letter_id    TEXT REFERENCES letter (id),
    challenge_id TEXT REFERENCES challenge (id),
    kind         TEXT NOT NULL,
    day          TEXT NOT NULL,
    place        TEXT NOT NULL,
    people       {{int}} NOT NULL,
    grams        {{int}} NOT NULL,
    note         TEXT NOT NULL,
    file_key     TEXT NOT NULL,
    file_name    TEXT NOT NULL,
    created_by   TEXT NOT NULL,
    created_at   {{int}} NOT NULL,
    withdrawn_at {{int}},
    withdrawn_by TEXT NOT NULL
) {{strict}};
CREATE INDEX progress_activity_unit_id ON progress_activity (unit_id, day);
CREATE INDEX progress_activity_letter_id ON progress_activity (letter_id);
CREATE INDEX progress_activity_challenge_id ON progress_activity (challenge_id);

-- By when the units to which a unit sent a letter report to it. first_day to last_day are the days reported on; weekday is
-- 1 to 7 from Monday for weekly reports, 0 for none; final_day is when the last report is due.
CREATE TABLE progress_schedule (
    letter_id  TEXT NOT NULL REFERENCES letter (id),
    unit_id    TEXT NOT NULL REFERENCES unit (id),
    first_day  TEXT NOT NULL,
    last_day   TEXT NOT NULL,
    weekday    {{int}} NOT NULL,
    final_day  TEXT NOT NULL,
    version    {{int}} NOT NULL,
    updated_by TEXT NOT NULL,
    updated_at {{int}} NOT NULL,
    PRIMARY KEY (letter_id, unit_id)
) {{strict}};

-- A report has the identifier of the letter that is its document. figures are those the document was written from;
-- generated is the document as it was written before people changed it.
CREATE TABLE progress_report (
    id           TEXT PRIMARY KEY REFERENCES letter (id),
    unit_id      TEXT NOT NULL REFERENCES unit (id),
    to_id        TEXT NOT NULL REFERENCES unit (id),
    letter_id    TEXT REFERENCES letter (id),
    challenge_id TEXT REFERENCES challenge (id),
    kind         TEXT NOT NULL,
    from_day     TEXT NOT NULL,
    to_day       TEXT NOT NULL,
    due_day      TEXT NOT NULL,
    state        TEXT NOT NULL,
    figures      TEXT NOT NULL,
    generated    TEXT NOT NULL,
    edited       TEXT NOT NULL,
    reason       TEXT NOT NULL,
    created_by   TEXT NOT NULL,
    created_at   {{int}} NOT NULL,
    submitted_by TEXT NOT NULL,
    submitted_at {{int}},
    decided_by   TEXT NOT NULL,
    decided_at   {{int}},
    version      {{int}} NOT NULL,
    updated_at   {{int}} NOT NULL
) {{strict}};
CREATE INDEX progress_report_unit_id ON progress_report (unit_id, created_at);
CREATE INDEX progress_report_to_id ON progress_report (to_id, letter_id);
