-- A unit works with its package as soon as the letter has come. While nobody above has written a campaign, what it makes is made
-- of what the challenge says of itself: of no campaign.
ALTER TABLE publicity_text ALTER COLUMN campaign_id DROP NOT NULL;
ALTER TABLE loudspeaker_play ALTER COLUMN campaign_id DROP NOT NULL;
ALTER TABLE meeting_minutes ALTER COLUMN campaign_id DROP NOT NULL;
