-- Rules of urging of one letter, and the row that whoever urges about it locks. Without a row, or with empty rules, the
-- defaults hold.
CREATE TABLE urging_letter (
    letter_id  TEXT PRIMARY KEY REFERENCES letter (id),
    rules      TEXT NOT NULL, -- JSON, null for the defaults
    version    {{int}} NOT NULL,
    updated_by TEXT NOT NULL,
    updated_at {{int}}
) {{strict}};

-- Letters of urging that are to be drafted for a superior organ, or were. The letter itself bears the same ID.
CREATE TABLE urging_draft (
    id          TEXT PRIMARY KEY,
    letter_id   TEXT NOT NULL REFERENCES letter (id), -- the letter urged about
    superior_id TEXT NOT NULL REFERENCES unit (id),
    wanted_at   {{int}} NOT NULL,
    wanted      {{int}} NOT NULL,  -- grows whenever units are added
    written     {{int}} NOT NULL,  -- what wanted was when it was last written; less means that it is to be written
    written_at  {{int}},
    version     {{int}} NOT NULL,  -- of the letter as it was written here; another one means that a person changed it
    lease_until {{int}}            -- a node is writing it
) {{strict}};
CREATE INDEX urging_draft_letter_id ON urging_draft (letter_id);
CREATE INDEX urging_draft_superior_id ON urging_draft (superior_id);

-- Steps of urging: each about one matter of one dispatch, each taken once. A number is that of a duty, or the day of a
-- step taken by hand.
CREATE TABLE urging_step (
    id          TEXT PRIMARY KEY,
    letter_id   TEXT NOT NULL REFERENCES letter (id),
    dispatch_id TEXT NOT NULL REFERENCES dispatch (id),
    cause       TEXT NOT NULL,
    number      {{int}} NOT NULL,
    step        {{int}} NOT NULL,
    since       {{int}} NOT NULL,
    due         {{int}} NOT NULL,
    at          {{int}} NOT NULL,
    by_person   TEXT NOT NULL, -- 'system' for a step of the rules
    words       TEXT NOT NULL,
    draft_id    TEXT REFERENCES urging_draft (id),
    UNIQUE (dispatch_id, cause, number, step)
) {{strict}};
CREATE INDEX urging_step_letter_id ON urging_step (letter_id, at);
CREATE INDEX urging_step_draft_id ON urging_step (draft_id);

-- Who is told of a step: message_key is '' until a message says it; dropped_at when the matter was settled before.
CREATE TABLE urging_notice (
    step_id     TEXT NOT NULL REFERENCES urging_step (id),
    recipient   TEXT NOT NULL, -- a person, or 'unit/…' for the unit's mail box
    unit_id     TEXT NOT NULL REFERENCES unit (id),
    role        TEXT NOT NULL,
    message_key TEXT NOT NULL,
    told_at     {{int}},
    dropped_at  {{int}},
    PRIMARY KEY (step_id, recipient)
) {{strict}};
CREATE INDEX urging_notice_recipient ON urging_notice (recipient, message_key);

-- Digests: one person, one day, one message.
CREATE TABLE urging_digest (
    recipient   TEXT NOT NULL,
    day         TEXT NOT NULL,
    message_key TEXT NOT NULL,
    at          {{int}} NOT NULL,
    PRIMARY KEY (recipient, day)
) {{strict}};
