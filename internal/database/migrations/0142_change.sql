-- Under which letter of its own a unit passed a letter on, the notice of receipt to the sender, what a change asks of the
-- receiver, and the dispatch that replaced this one.
ALTER TABLE dispatch ADD COLUMN under_id TEXT REFERENCES letter (id);
ALTER TABLE dispatch ADD COLUMN receipt_at {{int}};
ALTER TABLE dispatch ADD COLUMN asked TEXT NOT NULL DEFAULT '';
ALTER TABLE dispatch ADD COLUMN asked_kind TEXT NOT NULL DEFAULT '';
ALTER TABLE dispatch ADD COLUMN replaced_by TEXT NOT NULL DEFAULT '';
UPDATE dispatch SET receipt_at = arrived_at;
CREATE INDEX dispatch_sender_id ON dispatch (sender_id, receipt_at);

-- A sender takes a whole letter back, mends it or replaces it.
CREATE TABLE letter_change (
    id        TEXT PRIMARY KEY,
    letter_id TEXT NOT NULL REFERENCES letter (id),
    kind      TEXT NOT NULL,
    by_id     TEXT REFERENCES letter (id),
    reason    TEXT NOT NULL,
    made_by   TEXT NOT NULL,
    made_at   {{int}} NOT NULL
) {{strict}};
CREATE INDEX letter_change_letter_id ON letter_change (letter_id, made_at);

-- How each receiver stands to it.
CREATE TABLE dispatch_change (
    change_id   TEXT NOT NULL REFERENCES letter_change (id),
    dispatch_id TEXT NOT NULL REFERENCES dispatch (id),
    state       TEXT NOT NULL,
    answer      TEXT NOT NULL,
    answered_by TEXT NOT NULL,
    answered_at {{int}},
    PRIMARY KEY (change_id, dispatch_id)
) {{strict}};
CREATE INDEX dispatch_change_dispatch_id ON dispatch_change (dispatch_id);
