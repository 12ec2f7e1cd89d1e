-- A letter that was refused or taken back can be sent to the unit again: as a dispatch of its own, which the first one names.
ALTER TABLE dispatch ADD COLUMN again_id TEXT NOT NULL DEFAULT '';
ALTER TABLE dispatch DROP CONSTRAINT dispatch_letter_id_receiver_id_key;
CREATE UNIQUE INDEX dispatch_once ON dispatch (letter_id, receiver_id) WHERE again_id = '';
