-- What a keeper corrected in the head of a file that waits, as JSON; NULL: nothing.
ALTER TABLE uploads ADD COLUMN corrected TEXT;
