-- The administrative tree. Days are ISO texts; an open end is the empty text.
CREATE TABLE unit (
    id          TEXT PRIMARY KEY,
    code        TEXT NOT NULL,
    name        TEXT NOT NULL,
    full_name   TEXT NOT NULL,
    kind        TEXT NOT NULL,
    level       {{int}} NOT NULL,
    area_id     TEXT REFERENCES unit (id) DEFERRABLE INITIALLY DEFERRED,
    superior_id TEXT REFERENCES unit (id) DEFERRABLE INITIALLY DEFERRED,
    valid_from  TEXT NOT NULL,
    valid_to    TEXT NOT NULL,
    email       TEXT NOT NULL,
    folded      TEXT NOT NULL,
    created_at  {{int}} NOT NULL,
    updated_at  {{int}} NOT NULL,
    UNIQUE (code, valid_from)
) {{strict}};

-- Groups refer to units by code: whom they mean is decided on the day a letter is sent.
CREATE TABLE unit_group (
    id         TEXT PRIMARY KEY,
    code       TEXT NOT NULL UNIQUE,
    name       TEXT NOT NULL,
    definition TEXT NOT NULL,
    updated_at {{int}} NOT NULL
) {{strict}};

-- The outline of an area as GeoJSON geometry.
CREATE TABLE unit_boundary (
    unit_id    TEXT PRIMARY KEY REFERENCES unit (id),
    geometry   TEXT NOT NULL,
    updated_at {{int}} NOT NULL
) {{strict}};

-- One row, counted up with every change, so that a cached tree knows when it is old.
CREATE TABLE unit_version (
    name    TEXT PRIMARY KEY,
    version {{int}} NOT NULL
) {{strict}};
INSERT INTO unit_version (name, version) VALUES ('tree', 0);
