-- What the installation itself remembers: keys made at the first start, one row each.
CREATE TABLE setting (
    name       TEXT PRIMARY KEY,
    value      TEXT NOT NULL,
    updated_at {{int}} NOT NULL
) {{strict}};
