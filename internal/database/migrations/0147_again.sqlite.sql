-- A letter that was refused or taken back can be sent to the unit again: as a dispatch of its own, which the first one names.
-- SQLite can not drop the old constraint, so the table is made anew. What refers to it is checked at the commit only.
PRAGMA defer_foreign_keys = ON;
CREATE TABLE dispatch_before AS SELECT * FROM dispatch;
DROP TABLE dispatch;
CREATE TABLE dispatch (
    id             TEXT PRIMARY KEY,
    letter_id      TEXT NOT NULL REFERENCES letter (id),
    parent_id      TEXT REFERENCES dispatch (id),
    sender_id      TEXT NOT NULL REFERENCES unit (id),
    receiver_id    TEXT NOT NULL REFERENCES unit (id),
    state          TEXT NOT NULL,
    words          TEXT NOT NULL,
    due_at         {{int}},
    sent_by        TEXT NOT NULL,
    sent_at        {{int}} NOT NULL,
    arrived_at     {{int}},
    received_at    {{int}},
    arrival_year   {{int}} NOT NULL,
    arrival_number {{int}} NOT NULL,
    presented_at   {{int}},
    assigned_at    {{int}},
    lead           TEXT NOT NULL,
    cooperators    TEXT NOT NULL,
    instruction    TEXT NOT NULL,
    deadline       {{int}},
    started_at     {{int}},
    ended_at       {{int}},
    outcome        TEXT NOT NULL,
    version        {{int}} NOT NULL,
    updated_at     {{int}} NOT NULL,
    under_id       TEXT REFERENCES letter (id),
    receipt_at     {{int}},
    asked          TEXT NOT NULL DEFAULT '',
    asked_kind     TEXT NOT NULL DEFAULT '',
    replaced_by    TEXT NOT NULL DEFAULT '',
    seq            {{int}} NOT NULL DEFAULT 1,
    again_id       TEXT NOT NULL DEFAULT ''
) {{strict}};
CREATE INDEX dispatch_parent_id ON dispatch (parent_id);
INSERT INTO dispatch SELECT *, '' FROM dispatch_before;
DROP TABLE dispatch_before;
CREATE UNIQUE INDEX dispatch_once ON dispatch (letter_id, receiver_id) WHERE again_id = '';
CREATE INDEX dispatch_receiver_id ON dispatch (receiver_id, sent_at);
CREATE INDEX dispatch_sender_id ON dispatch (sender_id, receipt_at);
CREATE INDEX dispatch_letter_id ON dispatch (letter_id, seq);
