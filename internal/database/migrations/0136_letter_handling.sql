-- To whom a unit handed a letter that came on paper or as a file, by when it is to be dealt with and how that goes: what the
-- register of arrivals and the follow-up book say of letters that no dispatch brought.
CREATE TABLE letter_handling (
    unit_id    TEXT NOT NULL REFERENCES unit (id),
    letter_id  TEXT NOT NULL REFERENCES letter (id),
    receiver   TEXT NOT NULL,
    handed_on  TEXT NOT NULL,
    deadline   TEXT NOT NULL,
    progress   TEXT NOT NULL,
    note       TEXT NOT NULL,
    version    {{int}} NOT NULL,
    by_person  TEXT NOT NULL,
    updated_at {{int}} NOT NULL,
    PRIMARY KEY (unit_id, letter_id)
) {{strict}};
