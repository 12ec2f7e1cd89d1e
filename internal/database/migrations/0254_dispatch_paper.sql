-- What came about a challenge is found by the letter that a unit holds: the sender's own, or the one that was passed on.
CREATE INDEX dispatch_paper_receiver_id ON dispatch (coalesce(under_id, letter_id), receiver_id);
