-- Who leads the work on a letter, where that is somebody with an account in the unit; the name stands beside it.
ALTER TABLE dispatch ADD COLUMN lead_id TEXT NOT NULL DEFAULT '';
