-- What a unit makes of a challenge is kept by challenge and unit: a campaign only supplies drafts, and which one speaks to a
-- unit changes when the unit or one above it writes its own. The tables by campaign are read no more; their rows stay.

-- A product as a unit reworded it; without a row it is drafted anew each time.
CREATE TABLE publicity_text (
    challenge_id TEXT NOT NULL REFERENCES challenge (id),
    unit_id      TEXT NOT NULL REFERENCES unit (id),
    product      TEXT NOT NULL,
    campaign_id  TEXT NOT NULL REFERENCES campaign (id), -- whose draft was reworded
    parts        TEXT NOT NULL,
    version      {{int}} NOT NULL,
    edited_by    TEXT NOT NULL,
    edited_at    {{int}} NOT NULL,
    PRIMARY KEY (challenge_id, unit_id, product)
) {{strict}};
-- Where a unit reworded the drafts of several campaigns, its last words are those that it says.
INSERT INTO publicity_text (challenge_id, unit_id, product, campaign_id, parts, version, edited_by, edited_at)
SELECT challenge_id, unit_id, product, campaign_id, parts, version, edited_by, edited_at FROM (
    SELECT c.challenge_id, t.*,
        row_number() OVER (PARTITION BY c.challenge_id, t.unit_id, t.product ORDER BY t.edited_at DESC, t.campaign_id DESC) AS place
    FROM campaign_text t JOIN campaign c ON c.id = t.campaign_id
) AS texts WHERE place = 1;

-- The units whose article everybody may read.
CREATE TABLE publicity_article (
    challenge_id TEXT NOT NULL REFERENCES challenge (id),
    unit_id      TEXT NOT NULL REFERENCES unit (id),
    published_by TEXT NOT NULL,
    published_at {{int}} NOT NULL,
    PRIMARY KEY (challenge_id, unit_id)
) {{strict}};
-- An article is public since it was published first, unless the unit has hidden it since: that it hid the one of a later
-- campaign is in the log only.
INSERT INTO publicity_article (challenge_id, unit_id, published_by, published_at)
SELECT challenge_id, unit_id, published_by, published_at FROM (
    SELECT c.challenge_id, a.*,
        row_number() OVER (PARTITION BY c.challenge_id, a.unit_id ORDER BY a.published_at, a.campaign_id) AS place
    FROM campaign_article a JOIN campaign c ON c.id = a.campaign_id
    WHERE NOT EXISTS (
        SELECT 1 FROM campaign other JOIN audit_entry e ON e.object = other.id
        WHERE other.challenge_id = c.challenge_id AND e.kind = 'campaign' AND e.action = 'publicity.edit' AND e.at > a.published_at
            AND e.state_after LIKE '%"public":false%' AND e.state_after LIKE '%"unit":"' || a.unit_id || '"%')
) AS articles WHERE place = 1;

ALTER TABLE loudspeaker_play ADD COLUMN challenge_id TEXT REFERENCES challenge (id);
UPDATE loudspeaker_play SET challenge_id = (SELECT c.challenge_id FROM campaign c WHERE c.id = loudspeaker_play.campaign_id);
CREATE INDEX loudspeaker_play_challenge_id ON loudspeaker_play (challenge_id, unit_id, started_at);

ALTER TABLE meeting_minutes ADD COLUMN challenge_id TEXT REFERENCES challenge (id);
UPDATE meeting_minutes SET challenge_id = (SELECT c.challenge_id FROM campaign c WHERE c.id = meeting_minutes.campaign_id);
CREATE INDEX meeting_minutes_challenge_id ON meeting_minutes (challenge_id, unit_id);
