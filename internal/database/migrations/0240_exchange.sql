-- Under which code a unit is known to other document systems, and by which partner it is reached; '' is inside.
CREATE TABLE exchange_unit (
    unit_id    TEXT PRIMARY KEY REFERENCES unit (id),
    organ_code TEXT NOT NULL UNIQUE,
    partner    TEXT NOT NULL,
    updated_at {{int}} NOT NULL,
    updated_by TEXT NOT NULL
) {{strict}};

-- Packages that came and went, each once: dedup is what makes two the same. The package itself is the file.
CREATE TABLE exchange_message (
    id          TEXT PRIMARY KEY,
    direction   TEXT NOT NULL,
    kind        TEXT NOT NULL,
    state       TEXT NOT NULL,
    partner     TEXT NOT NULL,
    business    TEXT NOT NULL,
    status      TEXT NOT NULL,
    document_id TEXT NOT NULL,
    about       TEXT NOT NULL,
    symbol      TEXT NOT NULL,
    subject     TEXT NOT NULL,
    from_organ  TEXT NOT NULL,
    from_name   TEXT NOT NULL,
    unit_id     TEXT NOT NULL,
    letter_id   TEXT NOT NULL,
    words       TEXT NOT NULL,
    issued_at   {{int}},
    file_key    TEXT NOT NULL,
    file_size   {{int}} NOT NULL,
    dedup       TEXT NOT NULL UNIQUE,
    remote      TEXT NOT NULL,
    tries       {{int}} NOT NULL,
    error_key   TEXT NOT NULL,
    error_args  TEXT NOT NULL,
    code        {{int}} NOT NULL,
    version     {{int}} NOT NULL,
    created_at  {{int}} NOT NULL,
    updated_at  {{int}} NOT NULL,
    ended_at    {{int}}
) {{strict}};
CREATE INDEX exchange_message_state ON exchange_message (state, created_at);
CREATE INDEX exchange_message_unit_id ON exchange_message (unit_id, created_at);
CREATE INDEX exchange_message_letter_id ON exchange_message (letter_id);
CREATE INDEX exchange_message_document_id ON exchange_message (document_id);

-- The organs that a package goes to, with the dispatch that each stands for.
CREATE TABLE exchange_part (
    message_id  TEXT NOT NULL REFERENCES exchange_message (id),
    number      {{int}} NOT NULL,
    organ_code  TEXT NOT NULL,
    organ_name  TEXT NOT NULL,
    unit_id     TEXT NOT NULL,
    dispatch_id TEXT NOT NULL,
    PRIMARY KEY (message_id, number)
) {{strict}};
CREATE INDEX exchange_part_unit_id ON exchange_part (unit_id);
CREATE INDEX exchange_part_dispatch_id ON exchange_part (dispatch_id);

-- What receivers outside told of a dispatch, once per package.
CREATE TABLE exchange_report (
    message_id  TEXT NOT NULL REFERENCES exchange_message (id),
    dispatch_id TEXT NOT NULL REFERENCES dispatch (id),
    status      TEXT NOT NULL,
    at          {{int}} NOT NULL,
    words       TEXT NOT NULL,
    PRIMARY KEY (message_id, dispatch_id)
) {{strict}};
CREATE INDEX exchange_report_dispatch_id ON exchange_report (dispatch_id, at);
