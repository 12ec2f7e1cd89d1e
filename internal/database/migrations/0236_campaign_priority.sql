-- How urgent the bulletins drafted from a campaign are, by the levels of Circular 39/2020.
ALTER TABLE campaign ADD COLUMN priority TEXT NOT NULL DEFAULT 'thuong';
