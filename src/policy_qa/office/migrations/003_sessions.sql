-- Who is logged in; the tokens of programs; failed logins. Of tokens only the SHA-256 is kept.
CREATE TABLE sessions (
    digest BLOB PRIMARY KEY,
    name TEXT NOT NULL,      -- folded
    stamp TEXT NOT NULL,     -- of the password it was opened with
    opened REAL NOT NULL,    -- seconds since 1970
    seen REAL NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE tokens (
    digest BLOB PRIMARY KEY,
    name TEXT NOT NULL,
    stamp TEXT NOT NULL,
    purpose TEXT NOT NULL,
    made REAL NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE attempts (
    key TEXT PRIMARY KEY,    -- "name:…" or "address:…"
    failures INTEGER NOT NULL,
    last REAL NOT NULL
) STRICT, WITHOUT ROWID;
