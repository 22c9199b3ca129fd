#include "storage/schema.hpp"

namespace waydiff::storage {

// Verdicts of people, which stand above the extractor's.
const std::string_view version_3_sql = R"sql(
CREATE TABLE overruling (
  -- A person's verdict on a page. Part of the record: a new generation of the extractor leaves it as it is.
  id INTEGER PRIMARY KEY,
  body_sha256 TEXT NOT NULL CHECK (length(body_sha256) = 64),  -- the page: its bytes
  page_url TEXT NOT NULL,                  -- and the address they were captured at
  verdict TEXT NOT NULL,                   -- good: released; else the reason to quarantine it
  reason TEXT NOT NULL,                    -- why, in the person's words
  who TEXT NOT NULL,
  decided_at TEXT NOT NULL,
  taken_back_at TEXT                       -- NULL while it holds
) STRICT;
CREATE UNIQUE INDEX overruling_in_force ON overruling (body_sha256, page_url) WHERE taken_back_at IS NULL;

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
         ELSE (SELECT verdict FROM
                (SELECT verdict, generation, id, page_url = capture.original AS here,
                   content_type = capture.content_type AS alike
                 FROM extraction WHERE body = capture.body)
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
)sql";

}  // namespace waydiff::storage
