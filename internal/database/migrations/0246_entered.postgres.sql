-- A letter that a unit typed in from paper or a file is work like any other: it has a dispatch without a sender. What was written
-- down about how it is dealt with becomes its instruction where there
-- is time left, else its outcome: nobody is to be urged about what was dealt with long ago.
ALTER TABLE dispatch ALTER COLUMN sender_id DROP NOT NULL;
INSERT INTO dispatch (id, letter_id, receiver_id, state, words, sent_by, sent_at, arrived_at, received_at, arrival_year, arrival_number,
    assigned_at, lead, cooperators, instruction, deadline, ended_at, outcome, version, updated_at)
    SELECT l.id, l.id, l.issuer_id, CASE WHEN h.deadline >= CAST(CURRENT_DATE AS TEXT) THEN 'assigned' ELSE 'completed' END, '', l.registered_by, a.arrived_at,
        a.arrived_at, a.arrived_at, a.year, a.number,
        CASE WHEN coalesce(h.handed_on, '') = '' THEN h.updated_at ELSE (CAST(extract(epoch FROM CAST(h.handed_on AS DATE)) AS BIGINT) + 3600) * 1000000 END,
        coalesce(h.receiver, ''), '[]', CASE WHEN h.deadline >= CAST(CURRENT_DATE AS TEXT) THEN trim(h.progress || ' ' || h.note) ELSE '' END,
        CASE WHEN coalesce(h.deadline, '') = '' THEN NULL ELSE (CAST(extract(epoch FROM CAST(h.deadline AS DATE)) AS BIGINT) + 36000) * 1000000 END,
        CASE WHEN h.deadline >= CAST(CURRENT_DATE AS TEXT) THEN NULL ELSE coalesce(h.updated_at, a.arrived_at) END,
        CASE WHEN h.deadline >= CAST(CURRENT_DATE AS TEXT) THEN '' ELSE trim(coalesce(h.progress, '') || ' ' || coalesce(h.note, '')) END, 1, a.arrived_at
    FROM letter l JOIN letter_arrival a ON a.letter_id = l.id AND a.unit_id = l.issuer_id
    LEFT JOIN letter_handling h ON h.letter_id = l.id AND h.unit_id = l.issuer_id
    WHERE l.state = 'entered';
INSERT INTO cascade_seq (letter_id, seq) SELECT letter_id, 1 FROM dispatch WHERE sender_id IS NULL
    ON CONFLICT DO NOTHING;
