-- Whom an addressee of an issuer's letters means, as a person once said: units and groups by their code, or nobody here.
CREATE TABLE letter_alias (
    issuer_id TEXT NOT NULL REFERENCES unit (id),
    text_key TEXT NOT NULL,
    kind TEXT NOT NULL,
    code TEXT NOT NULL,
    text TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at {{int}} NOT NULL,
    PRIMARY KEY (issuer_id, text_key, kind, code)
) {{strict}};
