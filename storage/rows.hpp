#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/capture.hpp"
#include "core/change_set.hpp"
#include "core/document.hpp"
#include "core/page_link.hpp"
#include "core/timestamp.hpp"

namespace waydiff::storage {

using Id = std::int64_t;

/// What made a history: generations of extract::generation and diff::generation. Written "2.1".
struct Generation {
  int extract = 0;  ///< 0: nothing was made yet
  int diff = 0;

  [[nodiscard]] static std::optional<Generation> parse(std::string_view text);
  [[nodiscard]] std::string text() const;
  auto operator<=>(const Generation&) const = default;
};

struct Target {
  Id id = 0;
  std::string url;  ///< as configured
  std::string urlkey;
  std::string site;         ///< "example.com"
  std::string kind;         ///< "privacy policy"
  std::string history_key;  ///< what the stored history was made from; empty before the first comparison
  std::string language{};   ///< that its texts have to be in; empty: the one that most are in
  Generation generation{};  ///< that made its history
};

using core::home_page_kind;

struct ArchiveRow {
  Id id = 0;
  std::string name;                                    ///< as in the configuration
  std::string profile;                                 ///< "wayback", "warc" …
  std::string index;                                   ///< empty for warc
  std::string playback;                                ///< empty for warc
  std::optional<std::chrono::sys_seconds> not_before;  ///< it asked us to stay away until then
};

/// Where a listed capture has ended. Every capture has exactly one.
enum class Outcome : std::uint8_t {
  pending,     ///< chosen, not fetched yet
  unselected,  ///< listed, but the plan (`every`) does not ask for it
  fetched,     ///< its body is in the store
  duplicate,   ///< same digest as a fetched capture of the target: the same body, no request
  revisit,     ///< the archive's own "same as before": the same body
  unplayable,  ///< the archive lists it but does not give it out
  excluded,    ///< the archive was asked not to show it
  failed,      ///< tried, with a cause; a later run tries again
};
[[nodiscard]] std::string_view name(Outcome outcome) noexcept;

struct CaptureRow {
  Id id = 0;
  Id target = 0;
  Id archive = 0;
  core::Capture capture;
  Outcome outcome = Outcome::pending;
  std::string cause;                                    ///< of unplayable, excluded and failed; notes of fetched
  int attempts = 0;                                     ///< runs that tried
  std::optional<std::chrono::sys_seconds> retry_after;  ///< unplayable, excluded: not asked again before
  std::optional<Id> body;
  std::string body_sha256;         ///< filled when reading
  std::optional<int> http_status;  ///< of the archived response
  std::string content_type;        ///< of the archived response
  std::string location;            ///< of an archived redirect
  std::string digest_check;        ///< "verified", "unverifiable", "suspect" or ""
  std::string cut_short;           ///< of fetched: how it is known that a part of the body is missing, or ""
  std::string offered;             ///< of unplayable: "TIMESTAMP ADDRESS" of what the archive has instead, or ""
};

/// One index query.
struct ListingRow {
  Id target = 0;
  Id archive = 0;
  std::string query;  ///< "url from to", for a person
  std::chrono::sys_seconds listed_at{};
  bool complete = false;
  std::string problem;
  std::size_t pages = 0;
  std::size_t rows = 0;
  std::map<std::string, std::size_t> dropped;
  std::string url;    ///< the address asked for
  std::string since;  ///< digits: only captures from then on were asked for; empty: all
};

/// Why an address belongs to a target.
enum class AliasReason {
  redirect,    ///< an archived redirect led there
  canonical,   ///< the page named it as its own address
  home_page,   ///< the site's home page began to link there
  same_text,   ///< it has the words that the old address had
  configured,  ///< the configuration says so
};
[[nodiscard]] std::string_view name(AliasReason reason) noexcept;

/// A further address of a target.
struct AliasRow {
  Id id = 0;
  Id target = 0;
  std::string url;
  std::string urlkey;
  AliasReason reason = AliasReason::redirect;
  std::string evidence;   ///< for a person: what was seen, where
  core::Timestamp since;  ///< time of the first capture that shows it
  std::chrono::sys_seconds found_at{};
};

/// Two archives that show different texts of a document within a day.
struct Disagreement {
  core::Timestamp one_at, other_at;
  std::string one_archive, other_archive;
  int one_state = 0, other_state = 0;  ///< ordinals
};

/// An address that a site's archived home pages call its policy.
struct DiscoveryRow {
  std::string url;
  std::string urlkey;
  double score = 0;       ///< 0 to 1
  std::size_t pages = 0;  ///< home pages that link to it
  core::Timestamp first_seen, last_seen;
  std::string evidence;  ///< JSON
  bool chosen = false;
  std::chrono::sys_seconds found_at{};
};

/// A body to be stored, and the capture that it is of: captures of a page that are near in time have like bodies.
struct NewBody {
  std::string_view bytes;  ///< not copied
  Id target = 0;
  core::Timestamp time{};
};

/// What the extractor made of a body at an address.
struct Extraction {
  Id id = 0;
  Id body = 0;
  std::string page_url;
  std::string content_type;
  int generation = 0;
  std::optional<Id> text;                    ///< empty when it could not be read at all
  core::Verdict verdict;                     ///< the one in force: when reading, a person's where there is one
  std::optional<core::Verdict> overruled{};  ///< filled when reading: the program's, where a person's is in force
  bool reads_well = false;                   ///< filled when reading: the extractor's own verdict is good
};

/// A person's verdict on a page: these bytes at that address, whichever captures show them.
struct OverrulingRow {
  Id id = 0;
  std::string body_sha256;
  std::string page_url;
  core::Quarantine verdict = core::Quarantine::none;  ///< none: released
  std::string reason;                                 ///< in the person's words
  std::string who;
  std::chrono::sys_seconds decided_at{};
};

/// A distinct Document, kept as extract/ JSON.
struct TextRow {
  Id id = 0;
  std::string sha256;     ///< of `document`
  std::string state_key;  ///< diff::state_key of its clauses
  std::size_t clauses = 0;
  std::string title;
  std::string language;
  std::string document;  ///< extract::to_json
};

/// One distinct text of a target, in order of first appearance: ordinal 1, 2, 3 …
struct StateRow {
  Id id = 0;
  int ordinal = 0;
  std::string key;
  std::size_t clauses = 0;
};

/// A good capture's place in the history.
struct Placement {
  Id capture = 0;
  int state = 0;  ///< ordinal
  Id text = 0;
};

enum class TransitionKind {
  changed,    ///< to a text not seen before
  returned,   ///< back to an earlier state
  editorial,  ///< the same state, in another dress: only typography, case, markup, numbering or links differ
};
[[nodiscard]] std::string_view name(TransitionKind kind) noexcept;

struct TransitionRow {
  Id id = 0;
  int sequence = 0;  ///< 1, 2, 3 … in time
  TransitionKind kind = TransitionKind::changed;
  int old_state = 0, new_state = 0;  ///< ordinals
  Id old_text = 0, new_text = 0;
  Id old_capture = 0, new_capture = 0;    ///< last good one of the old, first good one of the new
  core::Timestamp not_before, not_after;  ///< their times
  int quarantined_between = 0;            ///< captures between the two that were not fit to compare
  core::ChangeSet changes;
};

/// A capture that shows no text of the history, so that it narrows no date.
struct MissedCapture {
  core::Timestamp time;
  std::string reason;  ///< a verdict ("soft_404"), an outcome ("unplayable"), or "unprocessed": not read yet
};

/// A text that reads well but does not fit its target: it is in another language.
struct MisfitRow {
  Id extraction = 0;
  core::Verdict verdict;
};

/// What other captures of a page, and other pages of its site, showed to be the site's and no part of a text.
struct CleaningRow {
  Id text = 0;                                                ///< as extracted
  std::vector<std::pair<std::string, std::string>> left_out;  ///< why, and the words
};

/// A clause through all texts of a target.
struct LineRow {
  std::string name;                         ///< the same whenever a store is made from the same captures
  std::optional<std::size_t> split_from{};  ///< position of the line that it was a part of when it first appeared
};

/// The words that a line had at a time.
struct WordingRow {
  std::size_t line = 0;  ///< position in ClauseLines::lines
  std::string words;
  std::vector<std::string> path;  ///< headings above when it was last seen, outermost first
  Id first_capture = 0, last_capture = 0;
};

/// What a text is made of: for each of its clauses the position of its wording.
struct TextWordings {
  Id text = 0;
  std::vector<std::size_t> wordings;
};

/// The life of every clause of a target. A line stands at most once in a text.
struct ClauseLines {
  std::vector<LineRow> lines;
  std::vector<WordingRow> wordings;
  std::vector<TextWordings> texts;
};

/// Everything derived for one target.
struct History {
  std::string key;
  std::vector<StateRow> states;
  std::vector<Placement> placements;
  std::vector<TransitionRow> transitions;
  std::vector<MisfitRow> misfits{};
  ClauseLines lines{};        ///< not read by Store::history()
  std::vector<Id> cleaned{};  ///< CleaningRow::text of the cleanings that still hold; the others are dropped
};

/// What stands in a store of one generation, over all targets.
struct GenerationCounts {
  Generation generation;
  bool present = false;  ///< some target's history is of it; else it is only kept
  std::size_t targets = 0, captures = 0, states = 0, transitions = 0, changes = 0;
};

/// Counts of captures by outcome; they add up to `listed`.
struct Receipt {
  Id target = 0;
  std::map<Outcome, std::size_t> counts;
  std::size_t listed = 0;
};

/// What helps against a contradiction in a store.
enum class Mend {
  process,  ///< it is derived: `process --all` makes it anew
  relist,   ///< the archive's index has to be asked again
  refetch,  ///< Store::mend() forgets the body: the next crawl asks for it again
  reread,   ///< Store::mend() forgets the text: the next `process` makes it anew
  rebuild,  ///< Store::mend() makes it anew from what is there
  restore,  ///< nothing in the store does: a backup
};

/// Something in a store that contradicts what is promised.
struct Finding {
  std::string what;  ///< names the thing
  Mend mend = Mend::process;
  Id id = 0;  ///< of the body or the text, where one is meant
};

/// What Store::mend() did.
struct Mended {
  std::size_t bodies = 0;    ///< forgotten: damaged, or standing on one that is
  std::size_t captures = 0;  ///< that are pending again for it
  std::size_t texts = 0;     ///< forgotten
  std::size_t targets = 0;   ///< whose histories are to be made anew
  std::size_t former = 0;    ///< histories of earlier generations that showed a forgotten text: dropped
};

struct RunRow {
  Id id = 0;
  std::chrono::sys_seconds started{}, finished{};
  std::string command;  ///< "run", "backfill" …
  int exit_status = 0;
  std::string receipt;  ///< JSON
};

}  // namespace waydiff::storage
