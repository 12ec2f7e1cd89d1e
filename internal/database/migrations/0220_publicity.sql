-- Texts as sound: one row for each text and voice, by the digest of both. The sound itself lies among the files.
CREATE TABLE speech (
    id           TEXT PRIMARY KEY,
    text         TEXT NOT NULL,
    state        TEXT NOT NULL,
    wav_key      TEXT NOT NULL,
    wav_bytes    {{int}} NOT NULL,
    mp3_key      TEXT NOT NULL,
    mp3_bytes    {{int}} NOT NULL,
    millis       {{int}} NOT NULL,
    failure      TEXT NOT NULL,
    requested_at {{int}} NOT NULL,
    done_at      {{int}}
) {{strict}};

-- What a unit wants said about a challenge; every unit below it says it in its own name.
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
    created_at   {{int}} NOT NULL,
    updated_at   {{int}} NOT NULL,
    version      {{int}} NOT NULL,
    UNIQUE (challenge_id, owner_id)
) {{strict}};

-- A product as a unit reworded it; without a row it is drafted anew each time.
CREATE TABLE campaign_text (
    campaign_id TEXT NOT NULL REFERENCES campaign (id),
    unit_id     TEXT NOT NULL REFERENCES unit (id),
    product     TEXT NOT NULL,
    parts       TEXT NOT NULL,
    version     {{int}} NOT NULL,
    edited_by   TEXT NOT NULL,
    edited_at   {{int}} NOT NULL,
    PRIMARY KEY (campaign_id, unit_id, product)
) {{strict}};

-- The units whose article everybody may read.
CREATE TABLE campaign_article (
    campaign_id  TEXT NOT NULL REFERENCES campaign (id),
    unit_id      TEXT NOT NULL REFERENCES unit (id),
    published_by TEXT NOT NULL,
    published_at {{int}} NOT NULL,
    PRIMARY KEY (campaign_id, unit_id)
) {{strict}};

-- When a unit's loudspeakers may speak.
CREATE TABLE loudspeaker_hours (
    unit_id     TEXT PRIMARY KEY REFERENCES unit (id),
    days        TEXT NOT NULL,
    slots       TEXT NOT NULL,
    max_minutes {{int}} NOT NULL,
    version     {{int}} NOT NULL,
    updated_by  TEXT NOT NULL,
    updated_at  {{int}} NOT NULL
) {{strict}};

-- The play log. A play that was heard is a publicity record under the same identifier.
CREATE TABLE loudspeaker_play (
    id          TEXT PRIMARY KEY,
    campaign_id TEXT NOT NULL REFERENCES campaign (id),
    unit_id     TEXT NOT NULL REFERENCES unit (id),
    dispatch_id TEXT NOT NULL REFERENCES dispatch (id),
    device      TEXT NOT NULL,
    started_at  {{int}} NOT NULL,
    ended_at    {{int}} NOT NULL,
    times       {{int}} NOT NULL,
    result      TEXT NOT NULL,
    note        TEXT NOT NULL,
    created_by  TEXT NOT NULL,
    created_at  {{int}} NOT NULL
) {{strict}};
CREATE INDEX loudspeaker_play_unit_id ON loudspeaker_play (unit_id, campaign_id, started_at);

-- Records of publicity that were taken back, with the reason.
CREATE TABLE publicity_removal (
    publicity_id TEXT PRIMARY KEY,
    dispatch_id  TEXT NOT NULL REFERENCES dispatch (id),
    record       TEXT NOT NULL,
    reason       TEXT NOT NULL,
    removed_by   TEXT NOT NULL,
    removed_at   {{int}} NOT NULL
) {{strict}};
CREATE INDEX publicity_removal_dispatch_id ON publicity_removal (dispatch_id);

-- The minutes of a meeting that was held about it, under the identifier of its record of publicity.
CREATE TABLE meeting_minutes (
    publicity_id TEXT PRIMARY KEY,
    campaign_id  TEXT NOT NULL REFERENCES campaign (id),
    unit_id      TEXT NOT NULL REFERENCES unit (id),
    meeting      TEXT NOT NULL,
    created_by   TEXT NOT NULL,
    created_at   {{int}} NOT NULL
) {{strict}};
