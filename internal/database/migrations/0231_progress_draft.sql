-- Of what a unit reports on in a period there is one draft. Drafts that were made twice before stay, each the twin of the first.
ALTER TABLE progress_report ADD COLUMN twin TEXT NOT NULL DEFAULT '';
UPDATE progress_report SET twin = id WHERE state = 'draft' AND EXISTS (SELECT 1 FROM progress_report o
    WHERE o.state = 'draft' AND o.id < progress_report.id AND o.unit_id = progress_report.unit_id AND o.kind = progress_report.kind
        AND coalesce(o.letter_id, '') = coalesce(progress_report.letter_id, '')
        AND coalesce(o.challenge_id, '') = coalesce(progress_report.challenge_id, '')
        AND o.from_day = progress_report.from_day AND o.to_day = progress_report.to_day);
CREATE UNIQUE INDEX progress_report_draft ON progress_report
    (unit_id, coalesce(letter_id, ''), coalesce(challenge_id, ''), kind, from_day, to_day, twin) WHERE state = 'draft';
