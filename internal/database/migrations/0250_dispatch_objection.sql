-- When a unit refused the letter, or a change of it, and its sender has not dealt with that yet.
ALTER TABLE dispatch ADD COLUMN objected_at {{int}};
UPDATE dispatch SET objected_at = ended_at WHERE state = 'refused' AND again_id = ''
    AND NOT EXISTS (SELECT 1 FROM letter_change c WHERE c.letter_id = dispatch.letter_id AND c.whole AND c.kind IN ('recall', 'replace'));
UPDATE dispatch SET objected_at = (SELECT max(x.answered_at) FROM dispatch_change x WHERE x.dispatch_id = dispatch.id AND x.state = 'refused')
    WHERE state IN ('assigned', 'in_progress', 'completed') AND asked = '' AND again_id = '' AND replaced_by = ''
        AND EXISTS (SELECT 1 FROM dispatch_change x WHERE x.dispatch_id = dispatch.id AND x.state = 'refused'
            AND NOT EXISTS (SELECT 1 FROM dispatch_change y JOIN letter_change c ON c.id = y.change_id JOIN letter_change b ON b.id = x.change_id
                WHERE y.dispatch_id = x.dispatch_id AND c.made_at > b.made_at));
CREATE INDEX dispatch_sender_id_objected ON dispatch (sender_id) WHERE objected_at IS NOT NULL;
