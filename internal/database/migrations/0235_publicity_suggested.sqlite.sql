-- A unit works with its package as soon as the letter has come. While nobody above has written a campaign, what it makes is made
-- of what the challenge says of itself: of no campaign. SQLite can not drop a NOT NULL, so the tables are made anew.
CREATE TABLE publicity_text_before AS SELECT * FROM publicity_text;
DROP TABLE publicity_text;
CREATE TABLE publicity_text (
    challenge_id TEXT NOT NULL REFERENCES challenge (id),
    unit_id      TEXT NOT NULL REFERENCES unit (id),
    product      TEXT NOT NULL,
    campaign_id  TEXT REFERENCES campaign (id), -- whose draft was reworded
    parts        TEXT NOT NULL,
    version      {{int}} NOT NULL,
    edited_by    TEXT NOT NULL,
    edited_at    {{int}} NOT NULL,
    PRIMARY KEY (challenge_id, unit_id, product)
) {{strict}};
INSERT INTO publicity_text SELECT * FROM publicity_text_before;
DROP TABLE publicity_text_before;

CREATE TABLE loudspeaker_play_before AS SELECT * FROM loudspeaker_play;
DROP TABLE loudspeaker_play;
CREATE TABLE loudspeaker_play (
    id           TEXT PRIMARY KEY,
    campaign_id  TEXT REFERENCES campaign (id),
    unit_id      TEXT NOT NULL REFERENCES unit (id),
    dispatch_id  TEXT NOT NULL REFERENCES dispatch (id),
    device       TEXT NOT NULL,
    started_at   {{int}} NOT NULL,
    ended_at     {{int}} NOT NULL,
    times        {{int}} NOT NULL,
    result       TEXT NOT NULL,
    note         TEXT NOT NULL,
    created_by   TEXT NOT NULL,
    created_at   {{int}} NOT NULL,
    challenge_id TEXT REFERENCES challenge (id)
) {{strict}};
INSERT INTO loudspeaker_play SELECT * FROM loudspeaker_play_before;
DROP TABLE loudspeaker_play_before;
CREATE INDEX loudspeaker_play_unit_id ON loudspeaker_play (unit_id, campaign_id, started_at);
CREATE INDEX loudspeaker_play_challenge_id ON loudspeaker_play (challenge_id, unit_id, started_at);

CREATE TABLE meeting_minutes_before AS SELECT * FROM meeting_minutes;
DROP TABLE meeting_minutes;
CREATE TABLE meeting_minutes (
    publicity_id TEXT PRIMARY KEY,
    campaign_id  TEXT REFERENCES campaign (id),
    unit_id      TEXT NOT NULL REFERENCES unit (id),
    meeting      TEXT NOT NULL,
    created_by   TEXT NOT NULL,
    created_at   {{int}} NOT NULL,
    challenge_id TEXT REFERENCES challenge (id)
) {{strict}};
INSERT INTO meeting_minutes SELECT * FROM meeting_minutes_before;
DROP TABLE meeting_minutes_before;
CREATE INDEX meeting_minutes_challenge_id ON meeting_minutes (challenge_id, unit_id);
