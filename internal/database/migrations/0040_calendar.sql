-- Days that an administrator added to the calendar of working days or corrected; those the program brings are not here.
CREATE TABLE calendar_day (
    day        TEXT PRIMARY KEY,
    kind       TEXT NOT NULL,
    name       TEXT NOT NULL,
    source     TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    changed_at {{int}} NOT NULL
) {{strict}};

CREATE TABLE calendar_version (
    name    TEXT PRIMARY KEY,
    version {{int}} NOT NULL
) {{strict}};
INSERT INTO calendar_version (name, version) VALUES ('days', 0);
