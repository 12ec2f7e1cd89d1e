-- A letter that a unit typed in from paper or a file is work like any other: it has a dispatch without a sender. What was written
-- down about how it is dealt with becomes its instruction where there
-- is time left or it came within two months, else its outcome: nobody is to be urged about what was dealt with long ago. SQLite can not drop a NOT NULL, so the table is made anew.
PRAGMA defer_foreign_keys = ON;
CREATE TABLE dispatch_before AS SELECT * FROM dispatch;
DROP TABLE dispatch;
CREATE TABLE dispatch (
    id             TEXT PRIMARY KEY,
    letter_id      TEXT NOT NULL REFERENCES letter (id),
    parent_id      TEXT REFERENCES dispatch (id),
    sender_id      TEXT REFERENCES unit (id),
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
    again_id       TEXT NOT NULL DEFAULT '',
    outside        {{bool}} NOT NULL DEFAULT FALSE
) {{strict}};
CREATE INDEX dispatch_parent_id ON dispatch (parent_id);
INSERT INTO dispatch SELECT * FROM dispatch_before;
DROP TABLE dispatch_before;
CREATE UNIQUE INDEX dispatch_once ON dispatch (letter_id, receiver_id) WHERE again_id = '';
CREATE INDEX dispatch_receiver_id ON dispatch (receiver_id, sent_at);
CREATE INDEX dispatch_sender_id ON dispatch (sender_id, receipt_at);
CREATE INDEX dispatch_letter_id ON dispatch (letter_id, seq);
INSERT INTO dispatch (id, letter_id, receiver_id, state, words, sent_by, sent_at, arrived_at, received_at, arrival_year, arrival_number,
    assigned_at, lead, cooperators, instruction, deadline, ended_at, outcome, version, updated_at)
    SELECT id, id, issuer_id, CASE WHEN NOT live THEN 'completed' WHEN receiver = '' THEN 'received' ELSE 'assigned' END, '', registered_by,
        arrived_at, arrived_at, arrived_at, year, number,
        CASE WHEN handed_on = '' THEN written_at ELSE (CAST(strftime('%s', handed_on) AS INTEGER) + 3600) * 1000000 END,
        receiver, '[]', CASE WHEN live THEN said ELSE '' END,
        CASE WHEN deadline = '' THEN NULL ELSE (CAST(strftime('%s', deadline) AS INTEGER) + 36000) * 1000000 END,
        CASE WHEN live THEN NULL ELSE coalesce(written_at, arrived_at) END, CASE WHEN live THEN '' ELSE said END, 1, arrived_at
    FROM (SELECT l.id, l.issuer_id, l.registered_by, a.arrived_at, a.year, a.number, coalesce(h.receiver, '') AS receiver,
            coalesce(h.handed_on, '') AS handed_on, coalesce(h.deadline, '') AS deadline, h.updated_at AS written_at,
            trim(coalesce(h.progress, '') || ' ' || coalesce(h.note, '')) AS said,
            (coalesce(h.deadline, '') >= date('now')
                OR coalesce(h.deadline, '') = '' AND a.arrived_at > (CAST(strftime('%s', 'now') AS INTEGER) - 60 * 86400) * 1000000) AS live
        FROM letter l JOIN letter_arrival a ON a.letter_id = l.id AND a.unit_id = l.issuer_id
        LEFT JOIN letter_handling h ON h.letter_id = l.id AND h.unit_id = l.issuer_id
        WHERE l.state = 'entered') AS typed;
INSERT INTO cascade_seq (letter_id, seq) SELECT letter_id, 1 FROM dispatch WHERE sender_id IS NULL
    ON CONFLICT DO NOTHING;
