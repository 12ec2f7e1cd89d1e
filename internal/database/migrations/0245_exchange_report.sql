-- What an organ outside told of a letter that stands for no dispatch: a report that was sent up to it. Once per package.
CREATE TABLE exchange_told (
    message_id TEXT NOT NULL REFERENCES exchange_message (id),
    about_id   TEXT NOT NULL REFERENCES exchange_message (id),
    status     TEXT NOT NULL,
    at         {{int}} NOT NULL,
    words      TEXT NOT NULL,
    PRIMARY KEY (message_id, about_id)
) {{strict}};
CREATE INDEX exchange_told_about_id ON exchange_told (about_id, at);

-- Whether a dispatch went to another document system: of its receiver nothing but status codes will come.
ALTER TABLE dispatch ADD COLUMN outside {{bool}} NOT NULL DEFAULT FALSE;
UPDATE dispatch SET outside = TRUE WHERE id IN (SELECT p.dispatch_id FROM exchange_part p JOIN exchange_message m ON m.id = p.message_id
    WHERE m.direction = 'out' AND m.kind = 'letter');
