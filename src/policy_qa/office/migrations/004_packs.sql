-- Trainers' packs. `head` is the pack without its items, `item` one question with its whole answer, both as JSON.
CREATE TABLE packs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user TEXT NOT NULL,
    created TEXT NOT NULL,
    changed TEXT NOT NULL,
    head TEXT NOT NULL
) STRICT;

CREATE INDEX packs_of_user ON packs (user, changed);

CREATE TABLE pack_items (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    pack INTEGER NOT NULL REFERENCES packs (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    pending INTEGER NOT NULL,
    item TEXT NOT NULL
) STRICT;

CREATE INDEX items_of_pack ON pack_items (pack, position);
