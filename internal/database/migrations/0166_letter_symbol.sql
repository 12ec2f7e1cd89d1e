-- The same letter is looked for by its symbol and date when it arrives.
CREATE INDEX letter_symbol ON letter (symbol, issued_on);
