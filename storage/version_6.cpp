#include "storage/schema.hpp"

namespace waydiff::storage {

// Histories that earlier generations of the extractor and the differ made stay beside the present one until they are
// dropped. What an older store has was made by the oldest generation of the extractor that gives all its texts.
const std::string_view version_6_sql = R"sql(
ALTER TABLE target ADD COLUMN extract_generation INTEGER NOT NULL DEFAULT 0; -- that made its history; 0: there is none
ALTER TABLE target ADD COLUMN diff_generation INTEGER NOT NULL DEFAULT 0;    -- likewise
UPDATE target SET
  extract_generation = coalesce((
    SELECT max(oldest) FROM (
      SELECT min(e.generation) AS oldest FROM capture_state p
      JOIN state s ON s.id = p.state
      JOIN capture c ON c.id = p.capture
      JOIN extraction e ON e.body = c.body AND e.text IS NOT NULL
      WHERE s.target = target.id GROUP BY p.capture)), 1),
  diff_generation = coalesce((SELECT max(diff_generation) FROM transition WHERE transition.target = target.id),
                             (SELECT max(diff_generation) FROM transition), 1)
WHERE EXISTS (SELECT 1 FROM state WHERE state.target = target.id);

CREATE TABLE former_history (
  -- The history of a target that an earlier generation of the extractor or the differ made.
  id INTEGER PRIMARY KEY,
  target INTEGER NOT NULL REFERENCES target,
  extract_generation INTEGER NOT NULL,
  diff_generation INTEGER NOT NULL,
  UNIQUE (target, extract_generation, diff_generation)
) STRICT;

CREATE TABLE former_state (
  -- As state.
  id INTEGER PRIMARY KEY,
  history INTEGER NOT NULL REFERENCES former_history,
  ordinal INTEGER NOT NULL CHECK (ordinal > 0),
  state_key TEXT NOT NULL,
  clauses INTEGER NOT NULL,
  UNIQUE (history, ordinal)
) STRICT;

CREATE TABLE former_capture_state (
  -- As capture_state.
  state INTEGER NOT NULL REFERENCES former_state,
  capture INTEGER NOT NULL REFERENCES capture,
  text INTEGER NOT NULL REFERENCES text,
  PRIMARY KEY (state, capture)
) STRICT, WITHOUT ROWID;

CREATE TABLE former_transition (
  -- As transition.
  id INTEGER PRIMARY KEY,
  history INTEGER NOT NULL REFERENCES former_history,
  sequence INTEGER NOT NULL CHECK (sequence > 0),
  kind TEXT NOT NULL CHECK (kind IN ('changed', 'returned', 'editorial')),
  old_state INTEGER NOT NULL REFERENCES former_state,
  new_state INTEGER NOT NULL REFERENCES former_state,
  old_text INTEGER NOT NULL REFERENCES text,
  new_text INTEGER NOT NULL REFERENCES text,
  old_capture INTEGER NOT NULL REFERENCES capture,
  new_capture INTEGER NOT NULL REFERENCES capture,
  not_before TEXT NOT NULL,
  not_after TEXT NOT NULL,
  quarantined_between INTEGER NOT NULL,
  old_clauses INTEGER NOT NULL,
  new_clauses INTEGER NOT NULL,
  unchanged INTEGER NOT NULL,
  notes TEXT NOT NULL,
  UNIQUE (history, sequence)
) STRICT;
CREATE INDEX former_transition_from ON former_transition (old_state);
CREATE INDEX former_transition_to ON former_transition (new_state);

CREATE TABLE former_change (
  -- As change.
  id INTEGER PRIMARY KEY,
  transition INTEGER NOT NULL REFERENCES former_transition,
  position INTEGER NOT NULL CHECK (position > 0),
  kind TEXT NOT NULL CHECK (kind IN ('added', 'removed', 'modified', 'moved', 'split', 'merged')),
  significance TEXT NOT NULL CHECK (significance IN ('substantive', 'structural', 'editorial')),
  reason TEXT NOT NULL,
  moved INTEGER NOT NULL CHECK (moved IN (0, 1)),
  similarity REAL NOT NULL,
  flags TEXT NOT NULL,
  old_index INTEGER, old_count INTEGER,
  old_path TEXT, old_text TEXT,
  new_index INTEGER, new_count INTEGER,
  new_path TEXT, new_text TEXT,
  ops TEXT NOT NULL,
  UNIQUE (transition, position)
) STRICT;

CREATE VIEW former_captures AS
  -- The state that a good capture showed under an earlier generation.
  SELECT target.site, target.kind, target.url, history.extract_generation || '.' || history.diff_generation AS generation,
    capture.captured_at, state.ordinal AS state, state.state_key, snapshot.address AS snapshot, capture.id AS capture
  FROM former_capture_state AS placed
  JOIN former_state AS state ON state.id = placed.state
  JOIN former_history AS history ON history.id = state.history
  JOIN target ON target.id = history.target
  JOIN capture ON capture.id = placed.capture
  JOIN snapshot ON snapshot.capture = capture.id;

CREATE VIEW former_changes AS
  -- As changes, of earlier generations.
  SELECT target.site, target.kind, target.url, history.extract_generation || '.' || history.diff_generation AS generation,
    transition.sequence, transition.kind AS transition,
    transition.not_before, transition.not_after, old_state.ordinal AS old_state, new_state.ordinal AS new_state,
    old_snapshot.address AS old_snapshot, new_snapshot.address AS new_snapshot,
    change.position, change.kind AS change, change.significance, change.reason, change.moved, change.similarity,
    change.flags, change.old_path, change.new_path, change.old_text, change.new_text, change.ops
  FROM former_change AS change
  JOIN former_transition AS transition ON transition.id = change.transition
  JOIN former_history AS history ON history.id = transition.history
  JOIN target ON target.id = history.target
  JOIN former_state AS old_state ON old_state.id = transition.old_state
  JOIN former_state AS new_state ON new_state.id = transition.new_state
  JOIN snapshot AS old_snapshot ON old_snapshot.capture = transition.old_capture
  JOIN snapshot AS new_snapshot ON new_snapshot.capture = transition.new_capture;
)sql";

}  // namespace waydiff::storage
