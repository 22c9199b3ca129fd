#include "storage/schema.hpp"

namespace waydiff::storage {

// What people ask most, one SELECT each. Described in docs/database.md: columns are only ever added.
const std::string_view views_sql = R"sql(
CREATE VIEW snapshot AS
  -- Where each capture can be looked at: an address, or FILE@OFFSET for a WARC record.
  SELECT capture.id AS capture, archive.name AS archive,
    CASE WHEN capture.file <> '' THEN capture.file || '@' || capture.file_offset
         ELSE rtrim(archive.playback_url, '/') || '/' || capture.raw_timestamp || 'id_/' || capture.original
    END AS address
  FROM capture JOIN archive ON archive.id = capture.archive;

CREATE VIEW captures AS
  -- Every listed capture with its outcome.
  SELECT target.site, target.kind, target.url, capture.captured_at, capture.raw_timestamp AS timestamp,
    snapshot.archive, capture.original, capture.outcome, capture.cause, capture.attempts,
    coalesce(capture.http_status, capture.status) AS http_status, body.sha256 AS body_sha256, body.size AS body_size,
    -- An error page or redirect of the past is quarantined for its status, whatever its words.
    CASE WHEN capture.body IS NULL THEN NULL
         WHEN coalesce(capture.http_status, capture.status) >= 400 THEN 'http_error'
         WHEN coalesce(capture.http_status, capture.status) >= 300 THEN 'redirect'
         -- The latest; of several, the one made at the capture's own address and with its content type.
         ELSE (SELECT verdict FROM
                (SELECT verdict, generation, id, page_url = capture.original AS here,
                   content_type = capture.content_type AS alike
                 FROM extraction WHERE body = capture.body)
               ORDER BY generation DESC, here DESC, alike DESC, id LIMIT 1)
    END AS verdict,
    state.ordinal AS state, snapshot.address AS snapshot, capture.id AS capture
  FROM capture
  JOIN target ON target.id = capture.target
  JOIN snapshot ON snapshot.capture = capture.id
  LEFT JOIN body ON body.id = capture.body
  LEFT JOIN capture_state ON capture_state.capture = capture.id
  LEFT JOIN state ON state.id = capture_state.state;

CREATE VIEW states AS
  -- Every distinct text of a target. One that was away for a time still has one row, from its first to its last capture.
  SELECT target.site, target.kind, target.url, state.ordinal AS state, state.state_key, state.clauses,
    text.title, text.language, first.captured_at AS first_seen, last.captured_at AS last_seen,
    (SELECT count(*) FROM capture_state WHERE capture_state.state = state.id) AS captures,
    first_snapshot.address AS first_snapshot, last_snapshot.address AS last_snapshot
  FROM state
  JOIN target ON target.id = state.target
  LEFT JOIN capture AS first ON first.id = (
    SELECT capture.id FROM capture_state JOIN capture ON capture.id = capture_state.capture
    WHERE capture_state.state = state.id ORDER BY capture.captured_at, capture.id LIMIT 1)
  LEFT JOIN capture AS last ON last.id = (
    SELECT capture.id FROM capture_state JOIN capture ON capture.id = capture_state.capture
    WHERE capture_state.state = state.id ORDER BY capture.captured_at DESC, capture.id DESC LIMIT 1)
  LEFT JOIN capture_state AS placed ON placed.capture = first.id
  LEFT JOIN text ON text.id = placed.text
  LEFT JOIN snapshot AS first_snapshot ON first_snapshot.capture = first.id
  LEFT JOIN snapshot AS last_snapshot ON last_snapshot.capture = last.id;

CREATE VIEW changes AS
  -- Every clause-level change with the two dates it happened between, and where both texts can be looked at.
  SELECT target.site, target.kind, target.url, transition.sequence, transition.kind AS transition,
    transition.not_before, transition.not_after, old_state.ordinal AS old_state, new_state.ordinal AS new_state,
    old_snapshot.address AS old_snapshot, new_snapshot.address AS new_snapshot,
    change.position, change.kind AS change, change.significance, change.reason, change.moved, change.similarity,
    change.flags, change.old_path, change.new_path, change.old_text, change.new_text, change.ops
  FROM change
  JOIN transition ON transition.id = change.transition
  JOIN target ON target.id = transition.target
  JOIN state AS old_state ON old_state.id = transition.old_state
  JOIN state AS new_state ON new_state.id = transition.new_state
  JOIN snapshot AS old_snapshot ON old_snapshot.capture = transition.old_capture
  JOIN snapshot AS new_snapshot ON new_snapshot.capture = transition.new_capture;

CREATE VIEW receipts AS
  -- Every target's captures by outcome: the eight counts add up to listed.
  SELECT target.site, target.kind, target.url, count(capture.id) AS listed,
    count(*) FILTER (WHERE capture.outcome = 'fetched') AS fetched,
    count(*) FILTER (WHERE capture.outcome = 'duplicate') AS duplicate,
    count(*) FILTER (WHERE capture.outcome = 'revisit') AS revisit,
    count(*) FILTER (WHERE capture.outcome = 'unplayable') AS unplayable,
    count(*) FILTER (WHERE capture.outcome = 'excluded') AS excluded,
    count(*) FILTER (WHERE capture.outcome = 'failed') AS failed,
    count(*) FILTER (WHERE capture.outcome = 'pending') AS pending,
    count(*) FILTER (WHERE capture.outcome = 'unselected') AS unselected
  FROM target LEFT JOIN capture ON capture.target = target.id
  GROUP BY target.id;
)sql";

}  // namespace waydiff::storage
