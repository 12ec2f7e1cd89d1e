-- What was found about the digital signatures of the PDF that a letter came as, when it came.
CREATE TABLE letter_signature (
    letter_id TEXT PRIMARY KEY REFERENCES letter (id),
    signature TEXT NOT NULL
) {{strict}};
