-- Registers find a word wherever it stands in a letter, and not only in its beginning. What is empty here the program fills in when it
-- starts, from the whole text.
UPDATE letter SET folded = '' WHERE length(source) > 6000;
