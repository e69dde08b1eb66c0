-- Files that keepers handed in, from their upload until they are in the index, and what became of them.
CREATE TABLE uploads (
    id TEXT PRIMARY KEY,
    created TEXT NOT NULL,
    user TEXT NOT NULL,
    name TEXT NOT NULL,                     -- as the keeper's machine called it; shown, never a path
    file TEXT NOT NULL,                     -- as it is called here
    size INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    recognise INTEGER NOT NULL DEFAULT 0,   -- every page by OCR, whatever text it has
    origin TEXT,                            -- the file of the index that is read anew; NULL: the upload itself
    state TEXT NOT NULL,
    why TEXT NOT NULL DEFAULT '',
    found TEXT,                             -- JSON: what was read out of it
    job INTEGER,
    ended TEXT
) STRICT;
CREATE INDEX uploads_by_state ON uploads (state, created);
CREATE INDEX uploads_by_sha256 ON uploads (sha256);

-- Changes to the index: carried out one after another, in the order of their numbers.
CREATE TABLE document_jobs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    created TEXT NOT NULL,
    user TEXT NOT NULL,
    kind TEXT NOT NULL,                     -- add, remove, restore
    target TEXT NOT NULL,                   -- the key to remove, the path to restore; of add nothing
    state TEXT NOT NULL,
    why TEXT NOT NULL DEFAULT '',
    ended TEXT
) STRICT;

-- Files that were taken out of the index or replaced; they lie where they lay, and can be brought back.
CREATE TABLE removed_files (
    path TEXT PRIMARY KEY,
    key TEXT NOT NULL,
    text_kind TEXT NOT NULL,
    removed TEXT NOT NULL,
    user TEXT NOT NULL
) STRICT;
