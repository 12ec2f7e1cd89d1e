-- Written by go test ./internal/database -run TestSchemaDumps -update; change a migration instead.

CREATE TABLE audit_entry (
    seq          INTEGER PRIMARY KEY,
    at           INTEGER NOT NULL,
    actor        TEXT NOT NULL,
    action       TEXT NOT NULL,
    kind         TEXT NOT NULL,
    object       TEXT NOT NULL,
    challenge    TEXT NOT NULL, -- '' when it belongs to none
    state_before TEXT NOT NULL, -- JSON, part of what is hashed
    state_after  TEXT NOT NULL
) STRICT;

CREATE INDEX audit_entry_challenge_seq ON audit_entry (challenge, seq);

CREATE INDEX audit_entry_object_seq ON audit_entry (object, seq);

CREATE TABLE audit_hash (
    idx  INTEGER PRIMARY KEY,
    hash BLOB NOT NULL
) STRICT;

CREATE TABLE audit_head (
    id   INTEGER PRIMARY KEY CHECK (id = 1),
    size INTEGER NOT NULL
) STRICT;

CREATE TABLE calendar_day (
    day        TEXT PRIMARY KEY,
    kind       TEXT NOT NULL,
    name       TEXT NOT NULL,
    source     TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    changed_at INTEGER NOT NULL
, unconfirmed INTEGER NOT NULL DEFAULT FALSE) STRICT;

CREATE TABLE calendar_version (
    name    TEXT PRIMARY KEY,
    version INTEGER NOT NULL
) STRICT;

CREATE TABLE campaign (
    id           TEXT PRIMARY KEY,
    challenge_id TEXT NOT NULL REFERENCES challenge (id),
    owner_id     TEXT NOT NULL REFERENCES unit (id),
    message      TEXT NOT NULL,
    facts        TEXT NOT NULL,
    contact      TEXT NOT NULL,
    phone        TEXT NOT NULL,
    hashtags     TEXT NOT NULL,
    first_day    TEXT NOT NULL,
    last_day     TEXT NOT NULL,
    created_by   TEXT NOT NULL,
    created_at   INTEGER NOT NULL,
    updated_at   INTEGER NOT NULL,
    version      INTEGER NOT NULL, removed_at INTEGER, priority TEXT NOT NULL DEFAULT 'thuong', removed_by TEXT NOT NULL DEFAULT '', removal_reason TEXT NOT NULL DEFAULT '',
    UNIQUE (challenge_id, owner_id)
) STRICT;

CREATE TABLE campaign_article (
    campaign_id  TEXT NOT NULL REFERENCES campaign (id),
    unit_id      TEXT NOT NULL REFERENCES unit (id),
    published_by TEXT NOT NULL,
    published_at INTEGER NOT NULL,
    PRIMARY KEY (campaign_id, unit_id)
) STRICT;

CREATE TABLE campaign_text (
    campaign_id TEXT NOT NULL REFERENCES campaign (id),
    unit_id     TEXT NOT NULL REFERENCES unit (id),
    product     TEXT NOT NULL,
    parts       TEXT NOT NULL,
    version     INTEGER NOT NULL,
    edited_by   TEXT NOT NULL,
    edited_at   INTEGER NOT NULL,
    PRIMARY KEY (campaign_id, unit_id, product)
) STRICT;

CREATE TABLE cascade_seq (
    letter_id TEXT PRIMARY KEY REFERENCES letter (id),
    seq       INTEGER NOT NULL
) STRICT;

CREATE TABLE challenge (
    id                 TEXT PRIMARY KEY,
    slug               TEXT NOT NULL UNIQUE,
    title              TEXT NOT NULL,
    summary            TEXT NOT NULL,
    organiser_id       TEXT NOT NULL REFERENCES unit (id),
    area_id            TEXT NOT NULL REFERENCES unit (id),
    box                TEXT NOT NULL,
    starts_at          INTEGER NOT NULL,
    ends_at            INTEGER NOT NULL,
    registration_from  INTEGER NOT NULL,
    registration_until INTEGER NOT NULL,
    reporting_until    INTEGER NOT NULL,
    zone               TEXT NOT NULL,
    state              TEXT NOT NULL,
    divisions          TEXT NOT NULL,
    parameters         TEXT NOT NULL,
    rules              INTEGER NOT NULL,
    scheme             INTEGER NOT NULL,
    seed_commitment    TEXT NOT NULL,
    seed               TEXT NOT NULL,
    synthetic          INTEGER NOT NULL,
    announced_at       INTEGER,
    judging_at         INTEGER,
    published_at       INTEGER,
    archived_at        INTEGER,
    created_at         INTEGER NOT NULL,
    updated_at         INTEGER NOT NULL,
    version            INTEGER NOT NULL
) STRICT;

CREATE INDEX challenge_state ON challenge (state);

CREATE TABLE challenge_document (
    id           TEXT PRIMARY KEY,
    challenge_id TEXT NOT NULL REFERENCES challenge (id),
    kind         TEXT NOT NULL,
    title        TEXT NOT NULL,
    symbol       TEXT NOT NULL,
    file_name    TEXT NOT NULL,
    media_type   TEXT NOT NULL,
    size         INTEGER NOT NULL,
    sha256       TEXT NOT NULL,
    created_by   TEXT NOT NULL,
    created_at   INTEGER NOT NULL
) STRICT;

CREATE INDEX challenge_document_challenge_id ON challenge_document (challenge_id, created_at, id);

CREATE TABLE challenge_rules (
    challenge_id TEXT NOT NULL REFERENCES challenge (id),
    number       INTEGER NOT NULL,
    text         TEXT NOT NULL,
    since        INTEGER NOT NULL,
    created_by   TEXT NOT NULL,
    created_at   INTEGER NOT NULL,
    PRIMARY KEY (challenge_id, number)
) STRICT;

CREATE TABLE challenge_scheme (
    challenge_id TEXT NOT NULL REFERENCES challenge (id),
    number       INTEGER NOT NULL,
    document     TEXT NOT NULL,
    since        INTEGER NOT NULL,
    created_by   TEXT NOT NULL,
    created_at   INTEGER NOT NULL,
    PRIMARY KEY (challenge_id, number)
) STRICT;

CREATE TABLE cleanup (
    id           TEXT PRIMARY KEY,
    challenge_id TEXT NOT NULL REFERENCES challenge (id),
    entrant_id   TEXT NOT NULL REFERENCES entrant (id),
    unit_id      TEXT NOT NULL REFERENCES unit (id),
    place        TEXT NOT NULL,
    description  TEXT NOT NULL,
    lat          REAL,
    lon          REAL,
    cell         INTEGER,
    expected     INTEGER NOT NULL,
    starts_at    INTEGER NOT NULL,
    ends_at      INTEGER NOT NULL,
    state        TEXT NOT NULL,
    reason       TEXT NOT NULL,
    announced_at INTEGER,
    reported_at  INTEGER,
    cancelled_at INTEGER,
    created_by   TEXT NOT NULL,
    created_at   INTEGER NOT NULL,
    updated_at   INTEGER NOT NULL,
    version      INTEGER NOT NULL
) STRICT;

CREATE INDEX cleanup_challenge_id_cell ON cleanup (challenge_id, cell);

CREATE INDEX cleanup_challenge_id_starts_at ON cleanup (challenge_id, starts_at, id);

CREATE INDEX cleanup_challenge_id_unit_id ON cleanup (challenge_id, unit_id, starts_at, id);

CREATE INDEX cleanup_entrant_id_starts_at ON cleanup (entrant_id, starts_at);

CREATE TABLE cleanup_agenda (
    entrant_id TEXT PRIMARY KEY REFERENCES entrant (id),
    changes    INTEGER NOT NULL
) STRICT;

CREATE TABLE cleanup_attendance (
    cleanup_id TEXT PRIMARY KEY REFERENCES cleanup (id),
    kind       TEXT NOT NULL,
    head_count INTEGER NOT NULL,
    updated_by TEXT NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE cleanup_attendee (
    cleanup_id TEXT NOT NULL REFERENCES cleanup (id),
    position   INTEGER NOT NULL,
    name       TEXT NOT NULL,
    guardian   TEXT NOT NULL,
    PRIMARY KEY (cleanup_id, position)
) STRICT;

CREATE TABLE dispatch (
    id             TEXT PRIMARY KEY,
    letter_id      TEXT NOT NULL REFERENCES letter (id),
    parent_id      TEXT REFERENCES dispatch (id),
    sender_id      TEXT REFERENCES unit (id),
    receiver_id    TEXT NOT NULL REFERENCES unit (id),
    state          TEXT NOT NULL,
    words          TEXT NOT NULL,
    due_at         INTEGER,
    sent_by        TEXT NOT NULL,
    sent_at        INTEGER NOT NULL,
    arrived_at     INTEGER,
    received_at    INTEGER,
    arrival_year   INTEGER NOT NULL,
    arrival_number INTEGER NOT NULL,
    presented_at   INTEGER,
    assigned_at    INTEGER,
    lead           TEXT NOT NULL,
    cooperators    TEXT NOT NULL,
    instruction    TEXT NOT NULL,
    deadline       INTEGER,
    started_at     INTEGER,
    ended_at       INTEGER,
    outcome        TEXT NOT NULL,
    version        INTEGER NOT NULL,
    updated_at     INTEGER NOT NULL,
    under_id       TEXT REFERENCES letter (id),
    receipt_at     INTEGER,
    asked          TEXT NOT NULL DEFAULT '',
    asked_kind     TEXT NOT NULL DEFAULT '',
    replaced_by    TEXT NOT NULL DEFAULT '',
    seq            INTEGER NOT NULL DEFAULT 1,
    again_id       TEXT NOT NULL DEFAULT '',
    outside        INTEGER NOT NULL DEFAULT FALSE
, objected_at INTEGER, lead_id TEXT NOT NULL DEFAULT '', grace_until INTEGER) STRICT;

CREATE INDEX dispatch_letter_id ON dispatch (letter_id, seq);

CREATE UNIQUE INDEX dispatch_once ON dispatch (letter_id, receiver_id) WHERE again_id = '';

CREATE INDEX dispatch_paper_receiver_id ON dispatch (coalesce(under_id, letter_id), receiver_id);

CREATE INDEX dispatch_parent_id ON dispatch (parent_id);

CREATE INDEX dispatch_receiver_id ON dispatch (receiver_id, sent_at);

CREATE INDEX dispatch_sender_id ON dispatch (sender_id, receipt_at);

CREATE INDEX dispatch_sender_id_objected ON dispatch (sender_id) WHERE objected_at IS NOT NULL;

CREATE TABLE dispatch_change (
    change_id   TEXT NOT NULL REFERENCES letter_change (id),
    dispatch_id TEXT NOT NULL REFERENCES dispatch (id),
    state       TEXT NOT NULL,
    answer      TEXT NOT NULL,
    answered_by TEXT NOT NULL,
    answered_at INTEGER,
    PRIMARY KEY (change_id, dispatch_id)
) STRICT;

CREATE INDEX dispatch_change_dispatch_id ON dispatch_change (dispatch_id);

CREATE TABLE dispatch_duty (
    dispatch_id TEXT NOT NULL REFERENCES dispatch (id),
    number      INTEGER NOT NULL,
    text        TEXT NOT NULL,
    channels    TEXT NOT NULL,
    done_at     INTEGER,
    done_by     TEXT NOT NULL,
    note        TEXT NOT NULL, from_number INTEGER NOT NULL DEFAULT 0, deadline INTEGER, quota INTEGER NOT NULL DEFAULT 0, terms TEXT NOT NULL DEFAULT '{}',
    PRIMARY KEY (dispatch_id, number)
) STRICT;

CREATE TABLE dispatch_reopening (
    id           TEXT PRIMARY KEY,
    dispatch_id  TEXT NOT NULL REFERENCES dispatch (id),
    completed_at INTEGER NOT NULL,
    outcome      TEXT NOT NULL,
    at           INTEGER NOT NULL,
    by_id        TEXT NOT NULL,
    duty_number  INTEGER NOT NULL,
    given        INTEGER NOT NULL,
    reason       TEXT NOT NULL
) STRICT;

CREATE INDEX dispatch_reopening_dispatch_id ON dispatch_reopening (dispatch_id, at);

CREATE TABLE duty_file (
    id          TEXT PRIMARY KEY,
    dispatch_id TEXT NOT NULL REFERENCES dispatch (id),
    duty_number INTEGER NOT NULL,
    part_id     TEXT NOT NULL,
    tick_id     TEXT NOT NULL,
    file_key    TEXT NOT NULL,
    file_name   TEXT NOT NULL,
    created_by  TEXT NOT NULL,
    created_at  INTEGER NOT NULL,
    UNIQUE (dispatch_id, duty_number, part_id, tick_id, file_key)
) STRICT;

CREATE TABLE duty_part (
    id          TEXT PRIMARY KEY,
    dispatch_id TEXT NOT NULL REFERENCES dispatch (id),
    duty_number INTEGER NOT NULL,
    person_id   TEXT NOT NULL,
    name        TEXT NOT NULL,
    leads       INTEGER NOT NULL,
    text        TEXT NOT NULL,
    deadline    INTEGER,
    quota       INTEGER NOT NULL,
    done_at     INTEGER,
    done_by     TEXT NOT NULL,
    note        TEXT NOT NULL,
    created_by  TEXT NOT NULL,
    created_at  INTEGER NOT NULL
) STRICT;

CREATE INDEX duty_part_dispatch_id ON duty_part (dispatch_id, duty_number);

CREATE INDEX duty_part_person_id ON duty_part (person_id, done_at);

CREATE TABLE duty_tick (
    id          TEXT PRIMARY KEY,
    dispatch_id TEXT NOT NULL REFERENCES dispatch (id),
    duty_number INTEGER NOT NULL,
    part_id     TEXT NOT NULL,
    period      TEXT NOT NULL,
    count       INTEGER NOT NULL,
    at          INTEGER NOT NULL,
    note        TEXT NOT NULL,
    created_by  TEXT NOT NULL,
    created_at  INTEGER NOT NULL
) STRICT;

CREATE INDEX duty_tick_dispatch_id ON duty_tick (dispatch_id, duty_number);

CREATE TABLE entrant (
    id                TEXT PRIMARY KEY,
    challenge_id      TEXT NOT NULL REFERENCES challenge (id),
    number            INTEGER NOT NULL,
    division          TEXT NOT NULL,
    name              TEXT NOT NULL,
    folded            TEXT NOT NULL,
    unit_id           TEXT NOT NULL REFERENCES unit (id),
    representative_id TEXT NOT NULL,
    assisted          INTEGER NOT NULL,
    members           INTEGER NOT NULL,
    name_hidden       INTEGER NOT NULL,
    duplicate_of      TEXT NOT NULL,
    rules             INTEGER NOT NULL,
    state             TEXT NOT NULL,
    reason            TEXT NOT NULL,
    decided_by        TEXT NOT NULL,
    decided_at        INTEGER,
    created_at        INTEGER NOT NULL,
    updated_at        INTEGER NOT NULL,
    UNIQUE (challenge_id, number)
) STRICT;

CREATE INDEX entrant_challenge_id_folded_unit_id ON entrant (challenge_id, folded, unit_id);

CREATE INDEX entrant_challenge_id_state ON entrant (challenge_id, state, number);

CREATE INDEX entrant_representative_id ON entrant (representative_id);

CREATE TABLE entrant_consent (
    entrant_id TEXT NOT NULL REFERENCES entrant (id),
    purpose    TEXT NOT NULL,
    giver      TEXT NOT NULL,
    rules      INTEGER NOT NULL,
    given_at   INTEGER NOT NULL,
    PRIMARY KEY (entrant_id, purpose, giver)
) STRICT;

CREATE TABLE entrant_contact (
    entrant_id     TEXT PRIMARY KEY REFERENCES entrant (id),
    full_name      TEXT NOT NULL,
    birth_date     TEXT NOT NULL,
    phone          TEXT NOT NULL,
    email          TEXT NOT NULL,
    lang           TEXT NOT NULL,
    guardian_name  TEXT NOT NULL,
    guardian_phone TEXT NOT NULL
) STRICT;

CREATE TABLE entrant_number (
    challenge_id TEXT PRIMARY KEY REFERENCES challenge (id),
    last         INTEGER NOT NULL
) STRICT;

CREATE TABLE exchange_code (
    organ_code TEXT PRIMARY KEY,
    unit_id    TEXT NOT NULL REFERENCES unit (id),
    partner    TEXT NOT NULL,
    main       INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    updated_by TEXT NOT NULL
) STRICT;

CREATE INDEX exchange_code_unit_id ON exchange_code (unit_id);

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
    issued_at   INTEGER,
    file_key    TEXT NOT NULL,
    file_size   INTEGER NOT NULL,
    dedup       TEXT NOT NULL UNIQUE,
    remote      TEXT NOT NULL,
    tries       INTEGER NOT NULL,
    error_key   TEXT NOT NULL,
    error_args  TEXT NOT NULL,
    code        INTEGER NOT NULL,
    version     INTEGER NOT NULL,
    created_at  INTEGER NOT NULL,
    updated_at  INTEGER NOT NULL,
    ended_at    INTEGER
) STRICT;

CREATE INDEX exchange_message_document_id ON exchange_message (document_id);

CREATE INDEX exchange_message_letter_id ON exchange_message (letter_id);

CREATE INDEX exchange_message_state ON exchange_message (state, created_at);

CREATE INDEX exchange_message_unit_id ON exchange_message (unit_id, created_at);

CREATE TABLE exchange_part (
    message_id  TEXT NOT NULL REFERENCES exchange_message (id),
    number      INTEGER NOT NULL,
    organ_code  TEXT NOT NULL,
    organ_name  TEXT NOT NULL,
    unit_id     TEXT NOT NULL,
    dispatch_id TEXT NOT NULL,
    PRIMARY KEY (message_id, number)
) STRICT;

CREATE INDEX exchange_part_dispatch_id ON exchange_part (dispatch_id);

CREATE INDEX exchange_part_unit_id ON exchange_part (unit_id);

CREATE TABLE exchange_report (
    message_id  TEXT NOT NULL REFERENCES exchange_message (id),
    dispatch_id TEXT NOT NULL REFERENCES dispatch (id),
    status      TEXT NOT NULL,
    at          INTEGER NOT NULL,
    words       TEXT NOT NULL,
    PRIMARY KEY (message_id, dispatch_id)
) STRICT;

CREATE INDEX exchange_report_dispatch_id ON exchange_report (dispatch_id, at);

CREATE TABLE exchange_told (
    message_id TEXT NOT NULL REFERENCES exchange_message (id),
    about_id   TEXT NOT NULL REFERENCES exchange_message (id),
    status     TEXT NOT NULL,
    at         INTEGER NOT NULL,
    words      TEXT NOT NULL,
    PRIMARY KEY (message_id, about_id)
) STRICT;

CREATE INDEX exchange_told_about_id ON exchange_told (about_id, at);

CREATE TABLE exchange_unit (
    unit_id    TEXT PRIMARY KEY REFERENCES unit (id),
    organ_code TEXT NOT NULL UNIQUE,
    partner    TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    updated_by TEXT NOT NULL
) STRICT;

CREATE TABLE job_period (
    name    TEXT PRIMARY KEY,
    next_at INTEGER NOT NULL
) STRICT;

CREATE TABLE letter (
    id            TEXT PRIMARY KEY,
    issuer_id     TEXT NOT NULL REFERENCES unit (id),
    state         TEXT NOT NULL,
    year          INTEGER,
    number_key    TEXT NOT NULL,
    symbol        TEXT NOT NULL,
    issued_on     TEXT NOT NULL,
    subject       TEXT NOT NULL,
    source        TEXT NOT NULL,
    file_key      TEXT NOT NULL,
    file_name     TEXT NOT NULL,
    reading       TEXT NOT NULL,
    fields        TEXT NOT NULL,
    challenge_id  TEXT REFERENCES challenge (id),
    version       INTEGER NOT NULL,
    created_by    TEXT NOT NULL,
    created_at    INTEGER NOT NULL,
    updated_at    INTEGER NOT NULL,
    registered_by TEXT NOT NULL,
    registered_at INTEGER, document TEXT, answers_id TEXT REFERENCES letter (id), folded TEXT NOT NULL DEFAULT '', number_order INTEGER NOT NULL DEFAULT 0, public INTEGER NOT NULL DEFAULT FALSE, type TEXT NOT NULL DEFAULT '', series TEXT NOT NULL DEFAULT '', term INTEGER,
    UNIQUE (issuer_id, year, number_key)
) STRICT;

CREATE INDEX letter_answers_id ON letter (answers_id);

CREATE INDEX letter_challenge_id ON letter (challenge_id);

CREATE INDEX letter_issued_on ON letter (issuer_id, issued_on);

CREATE INDEX letter_issuer_id ON letter (issuer_id, created_at);

CREATE UNIQUE INDEX letter_number ON letter (issuer_id, series, term, number_key);

CREATE INDEX letter_state ON letter (issuer_id, state, updated_at);

CREATE INDEX letter_symbol ON letter (symbol, issued_on);

CREATE TABLE letter_alias (
    issuer_id TEXT NOT NULL REFERENCES unit (id),
    text_key TEXT NOT NULL,
    kind TEXT NOT NULL,
    code TEXT NOT NULL,
    text TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (issuer_id, text_key, kind, code)
) STRICT;

CREATE TABLE letter_arrival (
    unit_id    TEXT NOT NULL REFERENCES unit (id),
    year       INTEGER NOT NULL,
    number     INTEGER NOT NULL,
    letter_id  TEXT NOT NULL REFERENCES letter (id),
    arrived_at INTEGER NOT NULL, file TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (unit_id, year, number),
    UNIQUE (unit_id, letter_id)
) STRICT;

CREATE TABLE letter_change (
    id        TEXT PRIMARY KEY,
    letter_id TEXT NOT NULL REFERENCES letter (id),
    kind      TEXT NOT NULL,
    by_id     TEXT REFERENCES letter (id),
    reason    TEXT NOT NULL,
    made_by   TEXT NOT NULL,
    made_at   INTEGER NOT NULL
, whole INTEGER NOT NULL DEFAULT FALSE) STRICT;

CREATE INDEX letter_change_letter_id ON letter_change (letter_id, made_at);

CREATE TABLE letter_copy (
    id         TEXT PRIMARY KEY,
    unit_id    TEXT NOT NULL REFERENCES unit (id),
    year       INTEGER NOT NULL,
    number     INTEGER NOT NULL,
    kind       TEXT NOT NULL,
    symbol     TEXT NOT NULL,
    letter_id  TEXT NOT NULL REFERENCES letter (id),
    excerpt    TEXT NOT NULL,
    place      TEXT NOT NULL,
    recipients TEXT NOT NULL,
    signer     TEXT NOT NULL,
    file_key   TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at INTEGER NOT NULL, electronic INTEGER NOT NULL DEFAULT FALSE, signed_key TEXT NOT NULL DEFAULT '', signed_name TEXT NOT NULL DEFAULT '', signed_size INTEGER NOT NULL DEFAULT 0, signed_at INTEGER, signature TEXT NOT NULL DEFAULT '[]', difference TEXT NOT NULL DEFAULT '[]', uploaded_by TEXT NOT NULL DEFAULT '', uploaded_at INTEGER,
    UNIQUE (unit_id, year, number)
) STRICT;

CREATE INDEX letter_copy_letter_id ON letter_copy (letter_id);

CREATE TABLE letter_counter (
    unit_id TEXT NOT NULL REFERENCES unit (id),
    year    INTEGER NOT NULL,
    book    TEXT NOT NULL,
    last    INTEGER NOT NULL,
    PRIMARY KEY (unit_id, year, book)
) STRICT;

CREATE TABLE letter_delivery (
    letter_id  TEXT PRIMARY KEY REFERENCES letter (id),
    sent_on    TEXT NOT NULL,
    receiver   TEXT NOT NULL,
    note       TEXT NOT NULL,
    version    INTEGER NOT NULL,
    by_person  TEXT NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE letter_handling (
    unit_id    TEXT NOT NULL REFERENCES unit (id),
    letter_id  TEXT NOT NULL REFERENCES letter (id),
    receiver   TEXT NOT NULL,
    handed_on  TEXT NOT NULL,
    deadline   TEXT NOT NULL,
    progress   TEXT NOT NULL,
    note       TEXT NOT NULL,
    version    INTEGER NOT NULL,
    by_person  TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (unit_id, letter_id)
) STRICT;

CREATE TABLE letter_issue (
    letter_id TEXT NOT NULL REFERENCES letter (id),
    number    INTEGER NOT NULL,
    origin    TEXT NOT NULL,
    file_key  TEXT NOT NULL,
    file_name TEXT NOT NULL,
    size      INTEGER NOT NULL,
    signature TEXT NOT NULL,
    by_id     TEXT NOT NULL,
    at        INTEGER NOT NULL, difference TEXT NOT NULL DEFAULT '[]',
    PRIMARY KEY (letter_id, number)
) STRICT;

CREATE TABLE letter_signature (
    letter_id TEXT PRIMARY KEY REFERENCES letter (id),
    signature TEXT NOT NULL
) STRICT;

CREATE TABLE letter_step (
    letter_id TEXT NOT NULL REFERENCES letter (id),
    number    INTEGER NOT NULL,
    event     TEXT NOT NULL,
    words     TEXT NOT NULL,
    on_paper  INTEGER NOT NULL,
    signer    TEXT NOT NULL,
    by_id     TEXT NOT NULL,
    at        INTEGER NOT NULL, departure TEXT NOT NULL DEFAULT '[]',
    PRIMARY KEY (letter_id, number)
) STRICT;

CREATE TABLE letter_term (
    unit_id    TEXT NOT NULL REFERENCES unit (id),
    year       INTEGER NOT NULL,
    begins     TEXT NOT NULL,
    updated_by TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (unit_id, year)
) STRICT;

CREATE TABLE letterhead (
    unit_id    TEXT PRIMARY KEY REFERENCES unit (id),
    settings   TEXT NOT NULL,
    version    INTEGER NOT NULL,
    updated_by TEXT NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE loudspeaker_hours (
    unit_id     TEXT PRIMARY KEY REFERENCES unit (id),
    days        TEXT NOT NULL,
    slots       TEXT NOT NULL,
    max_minutes INTEGER NOT NULL,
    version     INTEGER NOT NULL,
    updated_by  TEXT NOT NULL,
    updated_at  INTEGER NOT NULL
) STRICT;

CREATE TABLE loudspeaker_play (
    id           TEXT PRIMARY KEY,
    campaign_id  TEXT REFERENCES campaign (id),
    unit_id      TEXT NOT NULL REFERENCES unit (id),
    dispatch_id  TEXT NOT NULL REFERENCES dispatch (id),
    device       TEXT NOT NULL,
    started_at   INTEGER NOT NULL,
    ended_at     INTEGER NOT NULL,
    times        INTEGER NOT NULL,
    result       TEXT NOT NULL,
    note         TEXT NOT NULL,
    created_by   TEXT NOT NULL,
    created_at   INTEGER NOT NULL,
    challenge_id TEXT REFERENCES challenge (id)
) STRICT;

CREATE INDEX loudspeaker_play_challenge_id ON loudspeaker_play (challenge_id, unit_id, started_at);

CREATE INDEX loudspeaker_play_unit_id ON loudspeaker_play (unit_id, campaign_id, started_at);

CREATE TABLE meeting_minutes (
    publicity_id TEXT PRIMARY KEY,
    campaign_id  TEXT REFERENCES campaign (id),
    unit_id      TEXT NOT NULL REFERENCES unit (id),
    meeting      TEXT NOT NULL,
    created_by   TEXT NOT NULL,
    created_at   INTEGER NOT NULL,
    challenge_id TEXT REFERENCES challenge (id)
) STRICT;

CREATE INDEX meeting_minutes_challenge_id ON meeting_minutes (challenge_id, unit_id);

CREATE TABLE notify_message (
    key        TEXT PRIMARY KEY,
    person     TEXT NOT NULL, -- '' when the address belongs to nobody yet
    email      TEXT NOT NULL,
    lang       TEXT NOT NULL,
    template   TEXT NOT NULL,
    subject    TEXT NOT NULL,
    body       TEXT NOT NULL,
    state      TEXT NOT NULL, -- queued, sending, sent, failed, uncertain
    attempts   INTEGER NOT NULL,
    error      TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    ended_at   INTEGER
, patient INTEGER NOT NULL DEFAULT FALSE) STRICT;

CREATE INDEX notify_message_person ON notify_message (person, state);

CREATE INDEX notify_message_state ON notify_message (state);

CREATE TABLE person (
    id           TEXT PRIMARY KEY,
    name         TEXT NOT NULL,
    folded       TEXT NOT NULL,
    email        TEXT NOT NULL,
    email_key    TEXT UNIQUE,
    phone        TEXT NOT NULL,
    birth_date   TEXT NOT NULL,
    lang         TEXT NOT NULL,
    home_unit_id TEXT REFERENCES unit (id),
    created_at   INTEGER NOT NULL,
    updated_at   INTEGER NOT NULL
) STRICT;

CREATE TABLE person_consent (
    id             TEXT PRIMARY KEY,
    person_id      TEXT NOT NULL REFERENCES person (id),
    purpose        TEXT NOT NULL,
    text_version   TEXT NOT NULL,
    text_sha256    TEXT NOT NULL,
    guardian_name  TEXT NOT NULL,
    guardian_phone TEXT NOT NULL,
    child_agreed   INTEGER NOT NULL,
    given_at       INTEGER NOT NULL,
    withdrawn_at   INTEGER
) STRICT;

CREATE INDEX person_consent_person_id ON person_consent (person_id);

CREATE TABLE person_role (
    id         TEXT PRIMARY KEY,
    person_id  TEXT NOT NULL REFERENCES person (id),
    role       TEXT NOT NULL,
    unit_id    TEXT REFERENCES unit (id),
    valid_from TEXT NOT NULL,
    valid_to   TEXT NOT NULL,
    granted_by TEXT NOT NULL,
    granted_at INTEGER NOT NULL,
    revoked_by TEXT NOT NULL,
    revoked_at INTEGER
) STRICT;

CREATE INDEX person_role_person_id ON person_role (person_id);

CREATE INDEX person_role_unit_id ON person_role (unit_id);

CREATE TABLE progress_activity (
    id           TEXT PRIMARY KEY,
    unit_id      TEXT NOT NULL REFERENCES unit (id),
    letter_id    TEXT REFERENCES letter (id),
    challenge_id TEXT REFERENCES challenge (id),
    kind         TEXT NOT NULL,
    day          TEXT NOT NULL,
    place        TEXT NOT NULL,
    people       INTEGER NOT NULL,
    grams        INTEGER NOT NULL,
    note         TEXT NOT NULL,
    file_key     TEXT NOT NULL,
    file_name    TEXT NOT NULL,
    created_by   TEXT NOT NULL,
    created_at   INTEGER NOT NULL,
    withdrawn_at INTEGER,
    withdrawn_by TEXT NOT NULL
) STRICT;

CREATE INDEX progress_activity_challenge_id ON progress_activity (challenge_id);

CREATE INDEX progress_activity_letter_id ON progress_activity (letter_id);

CREATE INDEX progress_activity_unit_id ON progress_activity (unit_id, day);

CREATE TABLE progress_report (
    id           TEXT PRIMARY KEY REFERENCES letter (id),
    unit_id      TEXT NOT NULL REFERENCES unit (id),
    to_id        TEXT NOT NULL REFERENCES unit (id),
    letter_id    TEXT REFERENCES letter (id),
    challenge_id TEXT REFERENCES challenge (id),
    kind         TEXT NOT NULL,
    from_day     TEXT NOT NULL,
    to_day       TEXT NOT NULL,
    due_day      TEXT NOT NULL,
    state        TEXT NOT NULL,
    figures      TEXT NOT NULL,
    generated    TEXT NOT NULL,
    edited       TEXT NOT NULL,
    reason       TEXT NOT NULL,
    created_by   TEXT NOT NULL,
    created_at   INTEGER NOT NULL,
    submitted_by TEXT NOT NULL,
    submitted_at INTEGER,
    decided_by   TEXT NOT NULL,
    decided_at   INTEGER,
    version      INTEGER NOT NULL,
    updated_at   INTEGER NOT NULL
, twin TEXT NOT NULL DEFAULT '') STRICT;

CREATE UNIQUE INDEX progress_report_draft ON progress_report
    (unit_id, coalesce(letter_id, ''), coalesce(challenge_id, ''), kind, from_day, to_day, twin) WHERE state = 'draft';

CREATE INDEX progress_report_to_id ON progress_report (to_id, letter_id);

CREATE INDEX progress_report_unit_id ON progress_report (unit_id, created_at);

CREATE TABLE progress_schedule (
    letter_id  TEXT NOT NULL REFERENCES letter (id),
    unit_id    TEXT NOT NULL REFERENCES unit (id),
    first_day  TEXT NOT NULL,
    last_day   TEXT NOT NULL,
    weekday    INTEGER NOT NULL,
    final_day  TEXT NOT NULL,
    version    INTEGER NOT NULL,
    updated_by TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (letter_id, unit_id)
) STRICT;

CREATE TABLE publication (
    id           TEXT PRIMARY KEY,
    challenge_id TEXT NOT NULL REFERENCES challenge (id),
    number       INTEGER NOT NULL,
    reason       TEXT NOT NULL,
    sha256       TEXT NOT NULL,
    document     BLOB NOT NULL, -- the canonical bytes, as they were hashed
    published_by TEXT NOT NULL,
    published_at INTEGER NOT NULL,
    UNIQUE (challenge_id, number)
) STRICT;

CREATE TABLE publicity (
    id          TEXT PRIMARY KEY,
    dispatch_id TEXT NOT NULL REFERENCES dispatch (id),
    duty_number INTEGER NOT NULL,
    channel     TEXT NOT NULL,
    at          INTEGER NOT NULL,
    place       TEXT NOT NULL,
    link        TEXT NOT NULL,
    times       INTEGER NOT NULL,
    people      INTEGER NOT NULL,
    note        TEXT NOT NULL,
    file_key    TEXT NOT NULL,
    file_name   TEXT NOT NULL,
    created_by  TEXT NOT NULL,
    created_at  INTEGER NOT NULL
) STRICT;

CREATE INDEX publicity_dispatch_id ON publicity (dispatch_id, at);

CREATE TABLE publicity_article (
    challenge_id TEXT NOT NULL REFERENCES challenge (id),
    unit_id      TEXT NOT NULL REFERENCES unit (id),
    published_by TEXT NOT NULL,
    published_at INTEGER NOT NULL,
    PRIMARY KEY (challenge_id, unit_id)
) STRICT;

CREATE TABLE publicity_removal (
    publicity_id TEXT PRIMARY KEY,
    dispatch_id  TEXT NOT NULL REFERENCES dispatch (id),
    record       TEXT NOT NULL,
    reason       TEXT NOT NULL,
    removed_by   TEXT NOT NULL,
    removed_at   INTEGER NOT NULL
) STRICT;

CREATE INDEX publicity_removal_dispatch_id ON publicity_removal (dispatch_id);

CREATE TABLE publicity_text (
    challenge_id TEXT NOT NULL REFERENCES challenge (id),
    unit_id      TEXT NOT NULL REFERENCES unit (id),
    product      TEXT NOT NULL,
    campaign_id  TEXT REFERENCES campaign (id), -- whose draft was reworded
    parts        TEXT NOT NULL,
    version      INTEGER NOT NULL,
    edited_by    TEXT NOT NULL,
    edited_at    INTEGER NOT NULL,
    PRIMARY KEY (challenge_id, unit_id, product)
) STRICT;

CREATE TABLE report (
    id             TEXT PRIMARY KEY,
    cleanup_id     TEXT NOT NULL UNIQUE REFERENCES cleanup (id),
    challenge_id   TEXT NOT NULL REFERENCES challenge (id),
    entrant_id     TEXT NOT NULL REFERENCES entrant (id),
    state          TEXT NOT NULL,
    version        INTEGER NOT NULL,
    figures        TEXT NOT NULL,
    adjusted       TEXT,
    note           TEXT NOT NULL,
    hazardous_note TEXT NOT NULL,
    send_backs     INTEGER NOT NULL,
    reason         TEXT NOT NULL,
    deadline       INTEGER,
    decided_by     TEXT NOT NULL,
    decided_at     INTEGER,
    claimed_by     TEXT NOT NULL,
    claimed_until  INTEGER,
    created_by     TEXT NOT NULL,
    created_at     INTEGER NOT NULL,
    updated_at     INTEGER NOT NULL,
    submitted_at   INTEGER
) STRICT;

CREATE INDEX report_challenge_id_state_submitted_at ON report (challenge_id, state, submitted_at, id);

CREATE INDEX report_entrant_id ON report (entrant_id, created_at);

CREATE TABLE report_photo (
    id          TEXT PRIMARY KEY,
    report_id   TEXT NOT NULL REFERENCES report (id),
    role        TEXT NOT NULL,
    file_name   TEXT NOT NULL,
    sha256      TEXT NOT NULL,
    size        INTEGER NOT NULL,
    format      TEXT NOT NULL,
    width       INTEGER NOT NULL,
    height      INTEGER NOT NULL,
    taken_at    INTEGER,
    lat         REAL,
    lon         REAL,
    hash        INTEGER NOT NULL,
    created_by  TEXT NOT NULL,
    created_at  INTEGER NOT NULL,
    removed_at  INTEGER
) STRICT;

CREATE UNIQUE INDEX report_photo_report_id_sha256 ON report_photo (report_id, sha256) WHERE removed_at IS NULL;

CREATE INDEX report_photo_sha256 ON report_photo (sha256);

CREATE TABLE report_photo_expected (
    id         TEXT PRIMARY KEY,
    report_id  TEXT NOT NULL REFERENCES report (id),
    role       TEXT NOT NULL,
    file_name  TEXT NOT NULL,
    sha256     TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE INDEX report_photo_expected_report_id ON report_photo_expected (report_id);

CREATE TABLE report_step (
    id             TEXT PRIMARY KEY,
    report_id      TEXT NOT NULL REFERENCES report (id),
    version        INTEGER NOT NULL,
    event          TEXT NOT NULL,
    figures        TEXT NOT NULL,
    note           TEXT NOT NULL,
    hazardous_note TEXT NOT NULL,
    photos         TEXT NOT NULL,
    reason         TEXT NOT NULL,
    deadline       INTEGER,
    created_by     TEXT NOT NULL,
    created_at     INTEGER NOT NULL,
    UNIQUE (report_id, version)
) STRICT;

CREATE TABLE session (
    id         TEXT PRIMARY KEY,
    person_id  TEXT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    device     TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    seen_at    INTEGER NOT NULL,
    ended_at   INTEGER
) STRICT;

CREATE INDEX session_person_id ON session (person_id);

CREATE TABLE session_limit (
    name      TEXT NOT NULL,
    subject   TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    tries     INTEGER NOT NULL,
    PRIMARY KEY (name, subject)
) STRICT;

CREATE TABLE session_request (
    id           TEXT PRIMARY KEY,
    account      TEXT NOT NULL,
    person_id    TEXT NOT NULL,
    code_mac     TEXT NOT NULL,
    link_mac     TEXT UNIQUE,
    tries        INTEGER NOT NULL,
    requested_at INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL,
    used_at      INTEGER
) STRICT;

CREATE INDEX session_request_account ON session_request (account, requested_at);

CREATE TABLE setting (
    name       TEXT PRIMARY KEY,
    value      TEXT NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE speech (
    id           TEXT PRIMARY KEY,
    text         TEXT NOT NULL,
    state        TEXT NOT NULL,
    wav_key      TEXT NOT NULL,
    wav_bytes    INTEGER NOT NULL,
    mp3_key      TEXT NOT NULL,
    mp3_bytes    INTEGER NOT NULL,
    millis       INTEGER NOT NULL,
    failure      TEXT NOT NULL,
    requested_at INTEGER NOT NULL,
    done_at      INTEGER
) STRICT;

CREATE TABLE unit (
    id          TEXT PRIMARY KEY,
    code        TEXT NOT NULL,
    name        TEXT NOT NULL,
    full_name   TEXT NOT NULL,
    kind        TEXT NOT NULL,
    level       INTEGER NOT NULL,
    area_id     TEXT REFERENCES unit (id) DEFERRABLE INITIALLY DEFERRED,
    superior_id TEXT REFERENCES unit (id) DEFERRABLE INITIALLY DEFERRED,
    valid_from  TEXT NOT NULL,
    valid_to    TEXT NOT NULL,
    email       TEXT NOT NULL,
    folded      TEXT NOT NULL,
    created_at  INTEGER NOT NULL,
    updated_at  INTEGER NOT NULL,
    UNIQUE (code, valid_from)
) STRICT;

CREATE TABLE unit_boundary (
    unit_id    TEXT PRIMARY KEY REFERENCES unit (id),
    geometry   TEXT NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE unit_group (
    id         TEXT PRIMARY KEY,
    code       TEXT NOT NULL UNIQUE,
    name       TEXT NOT NULL,
    definition TEXT NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE unit_version (
    name    TEXT PRIMARY KEY,
    version INTEGER NOT NULL
) STRICT;

CREATE TABLE urging_digest (
    recipient   TEXT NOT NULL,
    day         TEXT NOT NULL,
    message_key TEXT NOT NULL,
    at          INTEGER NOT NULL,
    PRIMARY KEY (recipient, day)
) STRICT;

CREATE TABLE urging_draft (
    id          TEXT PRIMARY KEY,
    letter_id   TEXT NOT NULL REFERENCES letter (id), -- the letter urged about
    superior_id TEXT NOT NULL REFERENCES unit (id),
    wanted_at   INTEGER NOT NULL,
    wanted      INTEGER NOT NULL,  -- grows whenever units are added
    written     INTEGER NOT NULL,  -- what wanted was when it was last written; less means that it is to be written
    written_at  INTEGER,
    version     INTEGER NOT NULL,  -- of the letter as it was written here; another one means that a person changed it
    lease_until INTEGER            -- a node is writing it
) STRICT;

CREATE INDEX urging_draft_letter_id ON urging_draft (letter_id);

CREATE INDEX urging_draft_superior_id ON urging_draft (superior_id);

CREATE TABLE urging_letter (
    letter_id  TEXT PRIMARY KEY REFERENCES letter (id),
    rules      TEXT NOT NULL, -- JSON, null for the defaults
    version    INTEGER NOT NULL,
    updated_by TEXT NOT NULL,
    updated_at INTEGER
) STRICT;

CREATE TABLE urging_notice (
    step_id     TEXT NOT NULL REFERENCES urging_step (id),
    recipient   TEXT NOT NULL, -- a person, or 'unit/…' for the unit's mail box
    unit_id     TEXT NOT NULL REFERENCES unit (id),
    role        TEXT NOT NULL,
    message_key TEXT NOT NULL,
    told_at     INTEGER,
    dropped_at  INTEGER,
    PRIMARY KEY (step_id, recipient)
) STRICT;

CREATE INDEX urging_notice_recipient ON urging_notice (recipient, message_key);

CREATE TABLE urging_step (
    id          TEXT PRIMARY KEY,
    letter_id   TEXT NOT NULL REFERENCES letter (id),
    dispatch_id TEXT NOT NULL REFERENCES dispatch (id),
    cause       TEXT NOT NULL,
    number      INTEGER NOT NULL,
    step        INTEGER NOT NULL,
    since       INTEGER NOT NULL,
    due         INTEGER NOT NULL,
    at          INTEGER NOT NULL,
    by_person   TEXT NOT NULL, -- 'system' for a step of the rules
    words       TEXT NOT NULL,
    draft_id    TEXT REFERENCES urging_draft (id), draft_turn INTEGER NOT NULL DEFAULT 0, about TEXT NOT NULL DEFAULT '{}',
    UNIQUE (dispatch_id, cause, number, step)
) STRICT;

CREATE INDEX urging_step_draft_id ON urging_step (draft_id);

CREATE INDEX urging_step_letter_id ON urging_step (letter_id, at);
