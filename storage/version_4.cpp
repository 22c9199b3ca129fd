#include "storage/schema.hpp"

namespace waydiff::storage {

// The life of every clause, and words to find clauses and changes by.
const std::string_view version_4_sql = R"sql(
CREATE TABLE line (
  -- A clause through all texts of its target: it survives rewording, moving, splitting, merging, renumbering. Derived.
  id INTEGER PRIMARY KEY,
  target INTEGER NOT NULL REFERENCES target,
  name TEXT NOT NULL,                      -- the same whenever a store is made from the same captures
  split_from INTEGER REFERENCES line,      -- the clause that it was a part of when it first appeared
  UNIQUE (target, name)
) STRICT;
CREATE INDEX line_split ON line (split_from) WHERE split_from IS NOT NULL;

CREATE TABLE wording (
  -- The words that a line had at a time. Derived.
  id INTEGER PRIMARY KEY,
  line INTEGER NOT NULL REFERENCES line,
  words TEXT NOT NULL,
  path TEXT NOT NULL,                      -- JSON: headings above when it was last seen, outermost first
  first_capture INTEGER NOT NULL REFERENCES capture,  -- of those that show it
  last_capture INTEGER NOT NULL REFERENCES capture
) STRICT;
CREATE INDEX wording_of_line ON wording (line);

CREATE TABLE text_wording (
  -- What a text is made of. Derived.
  target INTEGER NOT NULL REFERENCES target,
  text INTEGER NOT NULL REFERENCES text,
  wordings TEXT NOT NULL,                  -- JSON: ids of wordings, one for each clause, in order
  PRIMARY KEY (target, text)
) STRICT, WITHOUT ROWID;

-- Kept in step by whoever writes the tables behind them: triggers may not use FTS5 in a schema that is not trusted.
CREATE VIRTUAL TABLE wording_words USING fts5 (
  words, content = 'wording', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE change_words USING fts5 (
  old_text, new_text, content = 'change', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2');
INSERT INTO change_words (change_words) VALUES ('rebuild');

CREATE VIEW clauses AS
  -- Every wording of every clause, with the first and the last capture that shows it.
  SELECT target.site, target.kind, target.url, line.name AS line, wording.words, wording.path,
    first.captured_at AS first_seen, last.captured_at AS last_seen,
    first_snapshot.address AS first_snapshot, last_snapshot.address AS last_snapshot
  FROM wording
  JOIN line ON line.id = wording.line
  JOIN target ON target.id = line.target
  JOIN capture AS first ON first.id = wording.first_capture
  JOIN capture AS last ON last.id = wording.last_capture
  JOIN snapshot AS first_snapshot ON first_snapshot.capture = first.id
  JOIN snapshot AS last_snapshot ON last_snapshot.capture = last.id;

-- Histories are made anew at the next comparison, with the lines of their clauses.
UPDATE target SET history_key = '';
)sql";

}  // namespace waydiff::storage
