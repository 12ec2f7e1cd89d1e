-- How a unit's own letters look: what stands above and below them. A unit without a line has the defaults of its kind.
CREATE TABLE letterhead (
    unit_id    TEXT PRIMARY KEY REFERENCES unit (id),
    settings   TEXT NOT NULL,
    version    {{int}} NOT NULL,
    updated_by TEXT NOT NULL,
    updated_at {{int}} NOT NULL
) {{strict}};
