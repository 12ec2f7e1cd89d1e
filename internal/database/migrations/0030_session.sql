-- One request to sign in: a code and a link that are used up together. Address, code and link are kept as HMACs.
-- A request for an unknown address stays without person, code and link.
CREATE TABLE session_request (
    id           TEXT PRIMARY KEY,
    account      TEXT NOT NULL,
    person_id    TEXT NOT NULL,
    code_mac     TEXT NOT NULL,
    link_mac     TEXT UNIQUE,
    tries        {{int}} NOT NULL,
    requested_at {{int}} NOT NULL,
    expires_at   {{int}} NOT NULL,
    used_at      {{int}}
) {{strict}};
CREATE INDEX session_request_account ON session_request (account, requested_at);

-- Who is signed in where. The token is kept hashed.
CREATE TABLE session (
    id         TEXT PRIMARY KEY,
    person_id  TEXT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    device     TEXT NOT NULL,
    created_at {{int}} NOT NULL,
    seen_at    {{int}} NOT NULL,
    ended_at   {{int}}
) {{strict}};
CREATE INDEX session_person_id ON session (person_id);

-- How often something was tried since the window opened. The row also makes attempts on one account take turns.
CREATE TABLE session_limit (
    name      TEXT NOT NULL,
    subject   TEXT NOT NULL,
    opened_at {{int}} NOT NULL,
    tries     {{int}} NOT NULL,
    PRIMARY KEY (name, subject)
) {{strict}};
