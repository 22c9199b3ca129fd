#include "storage/schema.hpp"

namespace waydiff::storage {

// Bodies that are not whole; what a target's captures and its site's other pages tell of each other; the life of every
// clause, and words to find clauses and changes by.
const std::string_view version_4_sql = R"sql(
ALTER TABLE capture ADD COLUMN cut_short TEXT NOT NULL DEFAULT '';  -- of fetched: what is missing of its body
ALTER TABLE target ADD COLUMN language TEXT NOT NULL DEFAULT '';    -- that its texts have to be in; empty: that of most

-- Until then a note said so. Less than a fiftieth is what proxies change.
UPDATE capture SET cut_short = noted.note FROM
  (SELECT id, CASE WHEN instr(tail, ';') > 0 THEN substr(tail, 1, instr(tail, ';') - 1) ELSE tail END AS note
   FROM (SELECT id, substr(cause, instr(cause, 'cut short: ') + length('cut short: ')) AS tail FROM capture
         WHERE instr(cause, 'cut short: ') > 0)) AS noted
  WHERE noted.id = capture.id AND capture.body IS NOT NULL AND NOT (noted.note LIKE '% of % bytes%'
    AND CAST(noted.note AS INTEGER) >= CAST(substr(noted.note, instr(noted.note, ' of ') + 4) AS INTEGER) * 49 / 50);

CREATE TABLE misfit (
  -- A text that reads well but does not fit its target. Derived.
  target INTEGER NOT NULL REFERENCES target,
  extraction INTEGER NOT NULL REFERENCES extraction,
  verdict TEXT NOT NULL,                   -- wrong_language
  verdict_score REAL NOT NULL,             -- 0 to 1: how sure
  verdict_detail TEXT NOT NULL,            -- the evidence
  PRIMARY KEY (target, extraction)
) STRICT, WITHOUT ROWID;

CREATE TABLE cleaning (
  -- A text without what other captures of the page, and other pages of its site, show to be the site's. Derived.
  target INTEGER NOT NULL REFERENCES target,
  text INTEGER NOT NULL REFERENCES text,     -- as extracted
  cleaned INTEGER NOT NULL REFERENCES text,  -- what is compared instead
  left_out TEXT NOT NULL,                    -- JSON: [why, the words], … with varies_always or stands_elsewhere
  PRIMARY KEY (target, text)
) STRICT, WITHOUT ROWID;

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

DROP VIEW captures;
CREATE VIEW captures AS
  -- Every listed capture with its outcome.
  SELECT target.site, target.kind, target.url, capture.captured_at, capture.raw_timestamp AS timestamp,
    snapshot.archive, capture.original, capture.outcome, capture.cause, capture.attempts,
    coalesce(capture.http_status, capture.status) AS http_status, body.sha256 AS body_sha256, body.size AS body_size,
    -- An error page or redirect of the past is quarantined for its status, whatever its words.
    CASE WHEN capture.body IS NULL THEN NULL
         WHEN coalesce(capture.http_status, capture.status) >= 400 THEN 'http_error'
         WHEN coalesce(capture.http_status, capture.status) >= 300 THEN 'redirect'
         WHEN overruling.id IS NOT NULL THEN overruling.verdict
         -- The latest; of several, the one made at the capture's own address and with its content type.
         -- What is not whole is not good, however well it reads.
         ELSE (SELECT CASE WHEN read.verdict <> 'good' THEN read.verdict
                           WHEN capture.cut_short <> '' THEN 'truncated'
                           ELSE coalesce((SELECT misfit.verdict FROM misfit WHERE misfit.target = capture.target
                                            AND misfit.extraction = read.id), 'good') END FROM
                (SELECT verdict, generation, id, page_url = capture.original AS here,
                   content_type = capture.content_type AS alike
                 FROM extraction WHERE body = capture.body) AS read
               ORDER BY generation DESC, here DESC, alike DESC, id LIMIT 1)
    END AS verdict,
    state.ordinal AS state, snapshot.address AS snapshot, capture.id AS capture,
    -- Who decided that, and why; NULL where the program did.
    overruling.who || ': ' || overruling.reason AS overruled
  FROM capture
  JOIN target ON target.id = capture.target
  JOIN snapshot ON snapshot.capture = capture.id
  LEFT JOIN body ON body.id = capture.body
  LEFT JOIN overruling ON overruling.body_sha256 = body.sha256 AND overruling.page_url = capture.original
    AND overruling.taken_back_at IS NULL
  LEFT JOIN capture_state ON capture_state.capture = capture.id
  LEFT JOIN state ON state.id = capture_state.state;

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
