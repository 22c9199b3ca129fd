#include "storage/schema.hpp"

namespace waydiff::storage {

// Documents that move, sites whose documents have to be found, and listings that go on where the last one ended.
const std::string_view version_2_sql = R"sql(
ALTER TABLE capture ADD COLUMN offered TEXT NOT NULL DEFAULT '';  -- "TIMESTAMP ADDRESS" that the archive has instead
ALTER TABLE listing ADD COLUMN url TEXT NOT NULL DEFAULT '';      -- the address asked for; empty before version 2
ALTER TABLE listing ADD COLUMN since TEXT NOT NULL DEFAULT '';    -- digits: captures from then on; empty for all

CREATE TABLE alias (
  -- A further address of a target: where the document moved to, or came from.
  id INTEGER PRIMARY KEY,
  target INTEGER NOT NULL REFERENCES target,
  url TEXT NOT NULL,
  urlkey TEXT NOT NULL,
  reason TEXT NOT NULL CHECK (reason IN ('redirect', 'canonical', 'home_page', 'same_text', 'configured')),
  evidence TEXT NOT NULL,                  -- for a person: what was seen, where
  since TEXT NOT NULL,                     -- time of the first capture that shows it
  found_at TEXT NOT NULL,
  UNIQUE (target, urlkey)
) STRICT;

CREATE TABLE discovery (
  -- An address that a site's archived home pages call its policy, ranked. The chosen one became a target.
  id INTEGER PRIMARY KEY,
  site TEXT NOT NULL,
  kind TEXT NOT NULL,
  url TEXT NOT NULL,
  urlkey TEXT NOT NULL,
  score REAL NOT NULL,                     -- 0 to 1
  pages INTEGER NOT NULL,                  -- home pages that link to it
  first_seen TEXT NOT NULL,                -- times of the first and the last of them
  last_seen TEXT NOT NULL,
  evidence TEXT NOT NULL,                  -- JSON: what spoke for it
  chosen INTEGER NOT NULL CHECK (chosen IN (0, 1)),
  found_at TEXT NOT NULL,
  UNIQUE (site, kind, urlkey)
) STRICT;

CREATE VIEW disagreements AS
  -- Two archives that show different texts of one document within a day.
  SELECT target.site, target.kind, target.url, one.captured_at AS one_at, one_snapshot.archive AS one_archive,
    one_state.ordinal AS one_state, one_snapshot.address AS one_snapshot, other.captured_at AS other_at,
    other_snapshot.archive AS other_archive, other_state.ordinal AS other_state,
    other_snapshot.address AS other_snapshot
  FROM capture AS one
  JOIN capture AS other ON other.target = one.target AND other.archive > one.archive
    AND other.captured_at BETWEEN strftime('%Y-%m-%dT%H:%M:%SZ', one.captured_at, '-1 day')
                              AND strftime('%Y-%m-%dT%H:%M:%SZ', one.captured_at, '+1 day')
  JOIN target ON target.id = one.target
  JOIN capture_state AS one_placed ON one_placed.capture = one.id
  JOIN capture_state AS other_placed ON other_placed.capture = other.id AND other_placed.state <> one_placed.state
  JOIN state AS one_state ON one_state.id = one_placed.state
  JOIN state AS other_state ON other_state.id = other_placed.state
  JOIN snapshot AS one_snapshot ON one_snapshot.capture = one.id
  JOIN snapshot AS other_snapshot ON other_snapshot.capture = other.id;
)sql";

}  // namespace waydiff::storage
