-- Conversations of the chat. A turn's answer is the whole Answer as JSON, so that its citations stay what they were.
CREATE TABLE conversations (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user TEXT NOT NULL,
    title TEXT NOT NULL,
    created TEXT NOT NULL,
    changed TEXT NOT NULL
) STRICT;

CREATE INDEX conversations_of_user ON conversations (user, changed);

CREATE TABLE turns (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    asked TEXT NOT NULL,
    question TEXT NOT NULL,
    documents TEXT NOT NULL,
    answer TEXT,
    error TEXT,
    done INTEGER NOT NULL
) STRICT;

CREATE INDEX turns_of_conversation ON turns (conversation);

-- Which conversation a user left open; none after "new conversation".
CREATE TABLE open_conversations (
    user TEXT PRIMARY KEY,
    conversation INTEGER REFERENCES conversations (id) ON DELETE SET NULL
) STRICT;

-- Words to search by, as they are spelled and without diacritics. Row n is turn n; row -n is the title of conversation n.
CREATE VIRTUAL TABLE conversation_words USING fts5 (spelled, folded, tokenize = 'unicode61 remove_diacritics 0');
