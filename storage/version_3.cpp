#include "storage/schema.hpp"

namespace waydiff::storage {

// Verdicts of people, which stand above the program's; bodies that are not whole; and what a target's captures and its
// site's other pages tell of each other.
const std::string_view version_3_sql = R"sql(
ALTER TABLE capture ADD COLUMN cut_short TEXT NOT NULL DEFAULT '';  -- of fetched: what is missing of its body
ALTER TABLE target ADD COLUMN language TEXT NOT NULL DEFAULT '';    -- that its texts have to be in; empty: that of most

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
)sql";

}  // namespace waydiff::storage
