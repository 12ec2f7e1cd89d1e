-- How a letter went out on paper: by post or by hand, on which day, who signed for it. What was sent here its dispatches say.
CREATE TABLE letter_delivery (
    letter_id  TEXT PRIMARY KEY REFERENCES letter (id),
    sent_on    TEXT NOT NULL,
    receiver   TEXT NOT NULL,
    note       TEXT NOT NULL,
    version    {{int}} NOT NULL,
    by_person  TEXT NOT NULL,
    updated_at {{int}} NOT NULL
) {{strict}};

-- Number and symbol of the file in which a unit keeps what arrived, as its stamp has them.
ALTER TABLE letter_arrival ADD COLUMN file TEXT NOT NULL DEFAULT '';
