#include "storage/schema.hpp"

namespace waydiff::storage {

// SQLite keeps the comments inside the parentheses: `sqlite3 FILE .schema` shows them. Times are UTC and written
// "2020-01-31T23:59:59Z". JSON columns hold arrays.
const std::string_view tables_sql = R"sql(
CREATE TABLE target (
  -- One document followed over time: an address of a site, and what it is.
  id INTEGER PRIMARY KEY,
  url TEXT NOT NULL,                       -- as configured
  urlkey TEXT NOT NULL,                    -- its SURT sort key: all spellings of the address share it
  site TEXT NOT NULL,                      -- "example.com"
  kind TEXT NOT NULL,                      -- "privacy policy"
  history_key TEXT NOT NULL DEFAULT '',    -- what the stored history was made from; empty before the first comparison
  UNIQUE (urlkey, kind)
) STRICT;

CREATE TABLE archive (
  -- Where captures come from.
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,               -- as in the configuration
  profile TEXT NOT NULL,                   -- wayback, warc …
  index_url TEXT NOT NULL,                 -- empty for WARC files
  playback_url TEXT NOT NULL,              -- empty for WARC files
  not_before TEXT                          -- it asked us to stay away until then
) STRICT;

CREATE TABLE listing (
  -- One query to an archive's index.
  id INTEGER PRIMARY KEY,
  target INTEGER NOT NULL REFERENCES target,
  archive INTEGER NOT NULL REFERENCES archive,
  query TEXT NOT NULL,                     -- address and range, for a person
  listed_at TEXT NOT NULL,
  complete INTEGER NOT NULL CHECK (complete IN (0, 1)),
  problem TEXT NOT NULL,                   -- why it is not complete
  pages INTEGER NOT NULL,                  -- answers read
  rows INTEGER NOT NULL                    -- rows printed by the index, before any was dropped
) STRICT;
CREATE INDEX listing_of_target ON listing (target, archive);

CREATE TABLE listing_dropped (
  -- Rows of a listing that did not become captures, by reason.
  listing INTEGER NOT NULL REFERENCES listing,
  reason TEXT NOT NULL,                    -- repeated, malformed, out_of_range …
  rows INTEGER NOT NULL,
  PRIMARY KEY (listing, reason)
) STRICT, WITHOUT ROWID;

CREATE TABLE body (
  -- The payload that an archive returned, its codings undone. Kept once, whichever captures have it.
  id INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64),  -- of the bytes, lower-case hex
  size INTEGER NOT NULL CHECK (size >= 0), -- in bytes, uncompressed
  zstd BLOB NOT NULL                       -- one zstd frame
) STRICT;

CREATE TABLE capture (
  -- The ledger: every row an index has listed, and where it has ended.
  id INTEGER PRIMARY KEY,
  target INTEGER NOT NULL REFERENCES target,
  archive INTEGER NOT NULL REFERENCES archive,
  urlkey TEXT NOT NULL,                    -- as the index gave it
  raw_timestamp TEXT NOT NULL,             -- the digits the index printed: playback addresses need them
  captured_at TEXT NOT NULL,               -- the same, readable and sortable
  original TEXT NOT NULL,                  -- the address as captured
  mime TEXT NOT NULL,                      -- as the index says
  status INTEGER,                          -- likewise; NULL on revisits
  digest TEXT NOT NULL,                    -- SHA-1 in base32; empty if unknown
  length INTEGER,                          -- of the archive's record, not of the body
  file TEXT NOT NULL,                      -- WARC file that holds the record; empty for HTTP archives
  file_offset INTEGER NOT NULL,            -- of the record in it; -1 for HTTP archives
  outcome TEXT NOT NULL DEFAULT 'unselected' CHECK (outcome IN ('pending', 'unselected', 'fetched', 'duplicate',
    'revisit', 'unplayable', 'excluded', 'failed')),
  cause TEXT NOT NULL DEFAULT '',          -- of unplayable, excluded and failed; notes of fetched
  attempts INTEGER NOT NULL DEFAULT 0,     -- runs that tried
  retry_after TEXT,                        -- not asked for again before then
  body INTEGER REFERENCES body,
  http_status INTEGER,                     -- of the archived response
  content_type TEXT NOT NULL DEFAULT '',   -- of the archived response
  location TEXT NOT NULL DEFAULT '',       -- where an archived redirect pointed
  digest_check TEXT NOT NULL DEFAULT '',   -- verified, unverifiable, suspect
  -- Two captures of one address in one second do happen: the digest tells them apart.
  UNIQUE (target, archive, raw_timestamp, original, digest)
) STRICT;
CREATE INDEX capture_in_time ON capture (target, captured_at);
CREATE INDEX capture_of_body ON capture (body);

CREATE TABLE text (
  -- A distinct clean text, as the extractor wrote it.
  id INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64),  -- of the document's JSON, lower-case hex
  state_key TEXT NOT NULL,                 -- SHA-256 over its clauses' fingerprints: equal when two texts say the same
  clauses INTEGER NOT NULL,
  title TEXT NOT NULL,
  language TEXT NOT NULL,                  -- BCP 47; empty if unknown
  size INTEGER NOT NULL CHECK (size >= 0), -- of the document's JSON in bytes
  document BLOB NOT NULL                   -- the JSON as one zstd frame
) STRICT;

CREATE TABLE extraction (
  -- What one generation of the extractor made of a body at an address.
  id INTEGER PRIMARY KEY,
  body INTEGER NOT NULL REFERENCES body,
  page_url TEXT NOT NULL,                  -- base of relative links
  content_type TEXT NOT NULL,
  generation INTEGER NOT NULL,
  text INTEGER REFERENCES text,            -- NULL when it could not be read at all
  verdict TEXT NOT NULL,                   -- fit to compare, or the reason why not
  verdict_score REAL NOT NULL,             -- 0 to 1: how sure
  verdict_detail TEXT NOT NULL,            -- the evidence
  UNIQUE (body, page_url, content_type, generation)
) STRICT;
CREATE INDEX extraction_of_text ON extraction (text);

CREATE TABLE state (
  -- One distinct text of a target. A text that comes back is the same state again. Derived.
  id INTEGER PRIMARY KEY,
  target INTEGER NOT NULL REFERENCES target,
  ordinal INTEGER NOT NULL CHECK (ordinal > 0),  -- 1, 2, 3 … in order of first appearance
  state_key TEXT NOT NULL,
  clauses INTEGER NOT NULL,
  UNIQUE (target, ordinal)
) STRICT;

CREATE TABLE capture_state (
  -- The state that a good capture shows; quarantined captures have no row. Derived.
  capture INTEGER PRIMARY KEY REFERENCES capture,
  state INTEGER NOT NULL REFERENCES state,
  text INTEGER NOT NULL REFERENCES text
) STRICT;
CREATE INDEX capture_of_state ON capture_state (state);

CREATE TABLE transition (
  -- One text of a target followed by another. It happened after not_before and not after not_after. Derived.
  id INTEGER PRIMARY KEY,
  target INTEGER NOT NULL REFERENCES target,
  sequence INTEGER NOT NULL CHECK (sequence > 0),  -- 1, 2, 3 … in time
  kind TEXT NOT NULL CHECK (kind IN ('changed', 'returned', 'editorial')),
  old_state INTEGER NOT NULL REFERENCES state,
  new_state INTEGER NOT NULL REFERENCES state,
  old_text INTEGER NOT NULL REFERENCES text,
  new_text INTEGER NOT NULL REFERENCES text,
  old_capture INTEGER NOT NULL REFERENCES capture,  -- last good one of the old text
  new_capture INTEGER NOT NULL REFERENCES capture,  -- first good one of the new text
  not_before TEXT NOT NULL,                -- time of old_capture
  not_after TEXT NOT NULL,                 -- time of new_capture
  quarantined_between INTEGER NOT NULL,    -- captures between the two that were not fit to compare
  old_clauses INTEGER NOT NULL,
  new_clauses INTEGER NOT NULL,
  unchanged INTEGER NOT NULL,              -- clauses of the new text that stand in no change
  notes TEXT NOT NULL,                     -- JSON: where the comparison was cut short
  diff_generation INTEGER NOT NULL,        -- of the comparison that made it
  UNIQUE (target, sequence)
) STRICT;
CREATE INDEX transition_from ON transition (old_state);
CREATE INDEX transition_to ON transition (new_state);

CREATE TABLE change (
  -- One clause-level difference of a transition. Derived.
  id INTEGER PRIMARY KEY,
  transition INTEGER NOT NULL REFERENCES transition,
  position INTEGER NOT NULL CHECK (position > 0),  -- 1, 2, 3 … in order of the new text, removals at their old place
  kind TEXT NOT NULL CHECK (kind IN ('added', 'removed', 'modified', 'moved', 'split', 'merged')),
  significance TEXT NOT NULL CHECK (significance IN ('substantive', 'structural', 'editorial')),
  reason TEXT NOT NULL,                    -- the rule that judged
  moved INTEGER NOT NULL CHECK (moved IN (0, 1)),  -- reworded and in another place too
  similarity REAL NOT NULL,                -- 0 to 1
  flags TEXT NOT NULL,                     -- JSON: negation, modality, number, duration, date, money, link, party, choice
  old_index INTEGER, old_count INTEGER,    -- clauses from old_index (0 is the first); all old_ NULL for added
  old_path TEXT, old_text TEXT,            -- JSON: headings above, outermost first; and the clauses' words
  new_index INTEGER, new_count INTEGER,    -- likewise; all new_ NULL for removed
  new_path TEXT, new_text TEXT,
  ops TEXT NOT NULL,                       -- JSON: ["=", words], ["-", words], ["+", words] in order
  UNIQUE (transition, position)
) STRICT;

CREATE TABLE run (
  -- One use of the program that wrote to the store.
  id INTEGER PRIMARY KEY,
  started_at TEXT NOT NULL,
  finished_at TEXT,                        -- NULL while it goes on, and for ever when it was killed
  command TEXT NOT NULL,
  exit_status INTEGER,                     -- NULL likewise
  receipt TEXT NOT NULL DEFAULT ''         -- JSON
) STRICT;
)sql";

}  // namespace waydiff::storage
