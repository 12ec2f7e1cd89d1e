-- The count of wanted of a draft when a step was put into it: what the draft was last written without has a higher one.
ALTER TABLE urging_step ADD COLUMN draft_turn {{int}} NOT NULL DEFAULT 0;
