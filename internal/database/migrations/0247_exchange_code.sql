-- The codes under which a unit is known to other document systems: those of before and after a reform hold side by side. The main one
-- is what it is called by in packages from here. They are kept in capitals, whatever a package or a list writes.
CREATE TABLE exchange_code (
    organ_code TEXT PRIMARY KEY,
    unit_id    TEXT NOT NULL REFERENCES unit (id),
    partner    TEXT NOT NULL,
    main       {{bool}} NOT NULL,
    updated_at {{int}} NOT NULL,
    updated_by TEXT NOT NULL
) {{strict}};
CREATE INDEX exchange_code_unit_id ON exchange_code (unit_id);

-- Of two codes that differ only in small letters the one in capitals stays; the other came with a package that wrote it so.
INSERT INTO exchange_code (organ_code, unit_id, partner, main, updated_at, updated_by)
SELECT organ_code, unit_id, partner, TRUE, updated_at, updated_by FROM exchange_unit WHERE organ_code = upper(organ_code);
INSERT INTO exchange_code (organ_code, unit_id, partner, main, updated_at, updated_by)
SELECT upper(organ_code), unit_id, partner, TRUE, updated_at, updated_by FROM exchange_unit WHERE organ_code <> upper(organ_code)
ON CONFLICT DO NOTHING;
