-- A unit's own campaign that was taken back: what it said stays for whoever writes it again, and for what was made of it.
ALTER TABLE campaign ADD COLUMN removed_at {{int}};
