-- A letter that a unit typed in from paper or a file is work like any other: it has a dispatch without a sender. What was written
-- down about how it is dealt with becomes its instruction where there
-- is time left or it came within two months, else its outcome: nobody is to be urged about what was dealt with long ago.
ALTER TABLE dispatch ALTER COLUMN sender_id DROP NOT NULL;
INSERT INTO dispatch (id, letter_id, receiver_id, state, words, sent_by, sent_at, arrived_at, received_at, arrival_year, arrival_number,
    assigned_at, lead, cooperators, instruction, deadline, ended_at, outcome, version, updated_at)
    SELECT id, id, issuer_id, CASE WHEN NOT live THEN 'completed' WHEN receiver = '' THEN 'received' ELSE 'assigned' END, '', registered_by,
        arrived_at, arrived_at, arrived_at, year, number,
        CASE WHEN handed_on = '' THEN written_at ELSE (CAST(extract(epoch FROM CAST(handed_on AS DATE)) AS BIGINT) + 3600) * 1000000 END,
        receiver, '[]', CASE WHEN live THEN said ELSE '' END,
        CASE WHEN deadline = '' THEN NULL ELSE (CAST(extract(epoch FROM CAST(deadline AS DATE)) AS BIGINT) + 36000) * 1000000 END,
        CASE WHEN live THEN NULL ELSE coalesce(written_at, arrived_at) END, CASE WHEN live THEN '' ELSE said END, 1, arrived_at
    FROM (SELECT l.id, l.issuer_id, l.registered_by, a.arrived_at, a.year, a.number, coalesce(h.receiver, '') AS receiver,
            coalesce(h.handed_on, '') AS handed_on, coalesce(h.deadline, '') AS deadline, h.updated_at AS written_at,
            trim(coalesce(h.progress, '') || ' ' || coalesce(h.note, '')) AS said,
            (coalesce(h.deadline, '') >= CAST(CURRENT_DATE AS TEXT)
                OR coalesce(h.deadline, '') = '' AND a.arrived_at > (CAST(extract(epoch FROM now()) AS BIGINT) - 60 * 86400) * 1000000) AS live
        FROM letter l JOIN letter_arrival a ON a.letter_id = l.id AND a.unit_id = l.issuer_id
        LEFT JOIN letter_handling h ON h.letter_id = l.id AND h.unit_id = l.issuer_id
        WHERE l.state = 'entered') AS typed;
INSERT INTO cascade_seq (letter_id, seq) SELECT letter_id, 1 FROM dispatch WHERE sender_id IS NULL
    ON CONFLICT DO NOTHING;
