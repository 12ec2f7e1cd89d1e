-- Messages to people. The key is the sender's: one key, one message. When a message has gone out, or never will, its
-- address and its text are emptied; they may hold a sign-in code.
CREATE TABLE notify_message (
    key        TEXT PRIMARY KEY,
    person     TEXT NOT NULL, -- '' when the address belongs to nobody yet
    email      TEXT NOT NULL,
    lang       TEXT NOT NULL,
    template   TEXT NOT NULL,
    subject    TEXT NOT NULL,
    body       TEXT NOT NULL,
    state      TEXT NOT NULL, -- queued, sending, sent, failed, uncertain
    attempts   {{int}} NOT NULL,
    error      TEXT NOT NULL,
    created_at {{int}} NOT NULL,
    ended_at   {{int}}
) {{strict}};
CREATE INDEX notify_message_state ON notify_message (state);
