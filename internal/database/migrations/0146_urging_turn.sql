-- The count of wanted of a draft when a step was put into it: what the draft was last written without has a higher one.
ALTER TABLE urging_step ADD COLUMN draft_turn {{int}} NOT NULL DEFAULT 0;
UPDATE urging_step SET draft_turn = (SELECT d.wanted FROM urging_draft d WHERE d.id = urging_step.draft_id)
WHERE EXISTS (SELECT 1 FROM urging_draft d
    WHERE d.id = urging_step.draft_id AND d.written < d.wanted AND urging_step.at > coalesce(d.written_at, 0));
