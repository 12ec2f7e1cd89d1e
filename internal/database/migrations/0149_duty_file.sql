-- The photos and PDFs that prove that a duty was done: part_id and tick_id say whose part or which time of it, empty for the
-- duty itself. The same file sent twice for the same thing is one.
CREATE TABLE duty_file (
    id          TEXT PRIMARY KEY,
    dispatch_id TEXT NOT NULL REFERENCES dispatch (id),
    duty_number {{int}} NOT NULL,
    part_id     TEXT NOT NULL,
    tick_id     TEXT NOT NULL,
    file_key    TEXT NOT NULL,
    file_name   TEXT NOT NULL,
    created_by  TEXT NOT NULL,
    created_at  {{int}} NOT NULL,
    UNIQUE (dispatch_id, duty_number, part_id, tick_id, file_key)
) {{strict}};
