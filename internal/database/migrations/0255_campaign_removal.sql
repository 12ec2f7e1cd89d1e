-- Who took a campaign back, and why. The last one of a challenge can be taken back too: packages speak in its own words then.
ALTER TABLE campaign ADD COLUMN removed_by TEXT NOT NULL DEFAULT '';
ALTER TABLE campaign ADD COLUMN removal_reason TEXT NOT NULL DEFAULT '';
