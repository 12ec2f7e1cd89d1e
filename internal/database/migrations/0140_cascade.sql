-- Dispatches: one letter to one receiving unit. A unit gets a letter once, so that the dispatches of a letter form a tree
-- with the issuer at its root.
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
    UNIQUE (letter_id, receiver_id)
) {{strict}};
CREATE INDEX dispatch_receiver_id ON dispatch (receiver_id, sent_at);
CREATE INDEX dispatch_parent_id ON dispatch (parent_id);

-- What each dispatch asks of its receiver: the letter's duties, copied when it was sent.
CREATE TABLE dispatch_duty (
    dispatch_id TEXT NOT NULL REFERENCES dispatch (id),
    number      {{int}} NOT NULL,
    text        TEXT NOT NULL,
    channels    TEXT NOT NULL,
    done_at     {{int}},
    done_by     TEXT NOT NULL,
    note        TEXT NOT NULL,
    PRIMARY KEY (dispatch_id, number)
) {{strict}};

-- Proof that a unit publicised; duty_number 0 means the letter as a whole.
CREATE TABLE publicity (
    id          TEXT PRIMARY KEY,
    dispatch_id TEXT NOT NULL REFERENCES dispatch (id),
    duty_number {{int}} NOT NULL,
    channel     TEXT NOT NULL,
    at          {{int}} NOT NULL,
    place       TEXT NOT NULL,
    link        TEXT NOT NULL,
    times       {{int}} NOT NULL,
    people      {{int}} NOT NULL,
    note        TEXT NOT NULL,
    file_key    TEXT NOT NULL,
    file_name   TEXT NOT NULL,
    created_by  TEXT NOT NULL,
    created_at  {{int}} NOT NULL
) {{strict}};
CREATE INDEX publicity_dispatch_id ON publicity (dispatch_id, at);
