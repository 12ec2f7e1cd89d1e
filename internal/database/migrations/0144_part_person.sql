-- What somebody has still to do is looked for on their desk.
CREATE INDEX duty_part_person_id ON duty_part (person_id, done_at);
