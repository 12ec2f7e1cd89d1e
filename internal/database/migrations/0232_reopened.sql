-- A unit that had said that it is done with a letter takes that back, or is given another duty: what it had said, and why it is
-- at work again.
CREATE TABLE dispatch_reopening (
    id           TEXT PRIMARY KEY,
    dispatch_id  TEXT NOT NULL REFERENCES dispatch (id),
    completed_at {{int}} NOT NULL,
    outcome      TEXT NOT NULL,
    at           {{int}} NOT NULL,
    by_id        TEXT NOT NULL,
    duty_number  {{int}} NOT NULL,
    given        {{bool}} NOT NULL,
    reason       TEXT NOT NULL
) {{strict}};
CREATE INDEX dispatch_reopening_dispatch_id ON dispatch_reopening (dispatch_id, at);
