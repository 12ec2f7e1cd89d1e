-- What a step said beside its cause: the Sundays that went by, how many there were of how many, whose part it was. JSON.
ALTER TABLE urging_step ADD COLUMN about TEXT NOT NULL DEFAULT '{}';
