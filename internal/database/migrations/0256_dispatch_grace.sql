-- Until when nothing of a letter is late, since the sender gave its unit more to do after that had said that it is done.
ALTER TABLE dispatch ADD COLUMN grace_until {{int}};
