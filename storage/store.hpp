#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/error.hpp"
#include "storage/body_codec.hpp"
#include "storage/plan_rows.hpp"
#include "storage/rows.hpp"
#include "storage/search.hpp"

namespace waydiff::storage {

enum class Mode {
  write,  ///< creates the file if missing, migrates an older schema, holds the writer's lock until closed
  read,   ///< the file must exist; works while another process writes
};

/// The SQLite file. One object, one connection, one thread at a time. Fails with store_busy (another writer),
/// store_newer, store_corrupt, store_full, not_found, io. Writes outside a transaction() are one transaction each.
class Store {
 public:
  [[nodiscard]] static core::Result<Store> open(const std::filesystem::path& file, Mode mode);
  Store(Store&&) noexcept;
  Store& operator=(Store&&) noexcept;
  ~Store();

  /// A second connection to the same store, for another thread of the process; must not outlive this one. The two take
  /// turns in writing, each waiting for the other's transactions.
  [[nodiscard]] core::Result<Store> beside();

  /// Runs `work` in one transaction: committed if it succeeds, rolled back otherwise. May be nested (inner ones join).
  [[nodiscard]] core::Result<void> transaction(const std::function<core::Result<void>()>& work);

  // Targets and archives.
  [[nodiscard]] core::Result<Id> put_target(const Target& target);  ///< by (urlkey, kind): updates or adds
  [[nodiscard]] core::Result<std::vector<Target>> targets();        ///< by site, kind, url
  /// By address (compared as urlkey), site, "site kind" or id; every match.
  [[nodiscard]] core::Result<std::vector<Target>> find_targets(std::string_view name);
  [[nodiscard]] core::Result<Id> put_archive(const ArchiveRow& archive);  ///< by name; `not_before` is left alone
  [[nodiscard]] core::Result<std::vector<ArchiveRow>> archives();
  [[nodiscard]] core::Result<void> set_not_before(Id archive, std::optional<std::chrono::sys_seconds> time);

  // Captures.
  /// Records a query and its captures. Known captures (same target, archive, raw timestamp, original, digest) are kept
  /// as they are but for a greater length; new ones start as `unselected`. Returns how many were new.
  [[nodiscard]] core::Result<std::size_t> put_listing(const ListingRow& listing,
                                                      const std::vector<core::Capture>& captures);
  /// The same for captures that come one at a time, until there is none.
  [[nodiscard]] core::Result<std::size_t> put_listing(const ListingRow& listing,
                                                      const std::function<std::optional<core::Capture>()>& next);
  /// The same for a range whose elements come into being when they are looked at.
  template <class Captures>
  [[nodiscard]] core::Result<std::size_t> put_listing(const ListingRow& listing,
                                                      const Captures& captures) requires requires {
    captures.begin() != captures.end();
  }
  {
    auto at = captures.begin();
    const std::function<std::optional<core::Capture>()> next = [&]() -> std::optional<core::Capture> {
      if (at == captures.end()) return {};
      return *at++;
    };
    return put_listing(listing, next);
  }
  [[nodiscard]] core::Result<std::vector<ListingRow>> listings(Id target);  ///< oldest first
  [[nodiscard]] core::Result<std::vector<CaptureRow>> captures(Id target);  ///< by time, then original, digest
  [[nodiscard]] core::Result<CaptureRow> capture(Id id);
  /// These, in this order.
  [[nodiscard]] core::Result<std::vector<CaptureRow>> captures_by_id(std::span<const Id> ids);
  /// The same for those of `archives`, with no more than plans need; about 70 bytes each.
  [[nodiscard]] core::Result<PlanRows> plan_rows(Id target, std::span<const Id> archives);
  /// Hands each of a target's captures to `look`, which must not use the store.
  [[nodiscard]] core::Result<void> each_capture(Id target, const std::function<void(CaptureRow)>& look);
  /// Those that an archive has at a moment, by the digits of its index.
  [[nodiscard]] core::Result<std::vector<CaptureRow>> captures_at(Id target, Id archive,
                                                                  std::string_view raw_timestamp);
  /// The time of the newest one of an address.
  [[nodiscard]] core::Result<std::optional<core::Timestamp>> newest_capture(Id target, Id archive,
                                                                            std::string_view urlkey);
  /// How many there are of an address, not older than `since`.
  [[nodiscard]] core::Result<std::size_t> count_captures(Id target, Id archive, std::string_view urlkey,
                                                         core::Timestamp since);
  /// What archives gave in place of a target's captures (CaptureRow::offered), each once.
  [[nodiscard]] core::Result<std::vector<std::string>> offers(Id target);
  [[nodiscard]] core::Result<void> set_outcome(Id capture, Outcome outcome);
  /// Writes outcome, cause, attempts, retry_after, body, http_status, content_type, location, digest_check, offered,
  /// cut_short of a row.
  [[nodiscard]] core::Result<void> update_capture(const CaptureRow& row);

  // Addresses: where documents moved to, and what home pages call a site's policy.
  [[nodiscard]] core::Result<bool> put_alias(const AliasRow& alias);     ///< false when the target had it already
  [[nodiscard]] core::Result<std::vector<AliasRow>> aliases(Id target);  ///< by since
  /// Replaces what was found for a site's kind of document.
  [[nodiscard]] core::Result<void> put_discoveries(const std::string& site, const std::string& kind,
                                                   const std::vector<DiscoveryRow>& found);
  [[nodiscard]] core::Result<std::vector<DiscoveryRow>> discoveries(const std::string& site, const std::string& kind);

  // Bodies: content-addressed by SHA-256, zstd-compressed.
  /// Where it is new and resembles one that was captured near in time, a body is kept as what differs from that one.
  [[nodiscard]] core::Result<Id> put_body(const NewBody& body);
  [[nodiscard]] core::Result<Id> put_body(std::string_view bytes);  ///< of nothing known: stands alone
  /// The work of put_body() beside the writing itself, so that a transaction can be short. Each may stand on those
  /// before it: put them all, in this order. Reads only; a body takes about as long as compressing it.
  [[nodiscard]] core::Result<std::vector<PackedBody>> pack(std::span<const NewBody> bodies);
  [[nodiscard]] core::Result<Id> put_body(const PackedBody& body);
  /// Checked against its SHA-256: store_corrupt if it differs. Decodes at most 32 others first, of 8 MiB together. The
  /// only way to a body's bytes.
  [[nodiscard]] core::Result<std::string> body(Id id);

  // Texts.
  [[nodiscard]] core::Result<Id> put_text(const TextRow& text);  ///< by sha256
  [[nodiscard]] core::Result<TextRow> text(Id id);
  [[nodiscard]] core::Result<std::vector<TextRow>> text_heads(Id target);  ///< of its captures, without `document`
  [[nodiscard]] core::Result<void> put_extraction(const Extraction& extraction);
  /// Extractions of the bodies of a target's captures, of one generation, with the verdicts in force.
  [[nodiscard]] core::Result<std::vector<Extraction>> extractions(Id target, int generation);

  // Verdicts of people, which extractions() put in the place of the extractor's.
  [[nodiscard]] core::Result<void> put_overruling(const OverrulingRow& overruling);  ///< replaces an earlier one
  /// False when there was none in force. It stays in the store as history.
  [[nodiscard]] core::Result<bool> take_back_overruling(const std::string& body_sha256, const std::string& page_url,
                                                        std::chrono::sys_seconds when);
  /// Those in force on pages of a target's captures, oldest first.
  [[nodiscard]] core::Result<std::vector<OverrulingRow>> overrulings(Id target);

  /// Writes a cleaned text of a target and what was left out of it; put_history() keeps or drops it.
  [[nodiscard]] core::Result<Id> put_cleaning(Id target, const CleaningRow& cleaning, const TextRow& cleaned);

  // History: derived, replaced whole.
  /// What another generation made stays in the store as a former history, until drop_generation().
  [[nodiscard]] core::Result<void> put_history(Id target, const History& history, Generation generation);
  [[nodiscard]] core::Result<History> history(Id target);
  /// The one that an earlier generation made: without key, misfits and lines. not_found when none is kept.
  [[nodiscard]] core::Result<History> former_history(Id target, Generation generation);
  [[nodiscard]] core::Result<std::vector<Generation>> former_generations(Id target);  ///< newest first
  /// Newest first, present and former ones of a generation in a row each.
  [[nodiscard]] core::Result<std::vector<GenerationCounts>> generations();
  /// Drops all former histories of a generation with the extractions and texts that nothing else needs. Returns how
  /// many histories: 0 when there was none. In one transaction.
  [[nodiscard]] core::Result<std::size_t> drop_generation(Generation generation);
  [[nodiscard]] core::Result<ClauseLines> clause_lines(Id target);
  /// The changes that stand in the store between two texts of a target, by (old, new), made by this generation.
  [[nodiscard]] core::Result<std::map<std::pair<Id, Id>, core::ChangeSet>> known_changes(Id target,
                                                                                         int diff_generation);

  /// Wordings that match, best first; of one site, by time. Fails with bad_argument when the query has no words.
  [[nodiscard]] core::Result<std::vector<ClauseHit>> search_clauses(const SearchQuery& query);
  /// Changes either side of which matches, best first; of added and removed ones the side there is.
  [[nodiscard]] core::Result<std::vector<ChangeHit>> search_changes(const SearchQuery& query);

  /// Hands each substantive change of these kinds to `look`, by not_after, without returns to earlier texts. Of the
  /// query `words` may be empty; limit, significances and flags mean nothing. `look` must not use the store.
  [[nodiscard]] core::Result<void> each_change(const SearchQuery& query,
                                               const std::function<void(const ChangeHead&)>& look);
  [[nodiscard]] core::Result<ChangeHit> change(Id id);

  /// Captures of a target between two times (both excluded) that show no text of its history, by time.
  [[nodiscard]] core::Result<std::vector<MissedCapture>> missed_captures(Id target, core::Timestamp after,
                                                                         core::Timestamp before);
  /// All of them.
  [[nodiscard]] core::Result<std::vector<MissedCapture>> missed_captures(Id target);

  /// Of two archives that disagree, the first pair of captures for each pair of texts; by time.
  [[nodiscard]] core::Result<std::vector<Disagreement>> disagreements(Id target);

  // Receipts and runs.
  [[nodiscard]] core::Result<Receipt> receipt(Id target);
  [[nodiscard]] core::Result<Id> begin_run(const RunRow& run);
  [[nodiscard]] core::Result<void> end_run(const RunRow& run);
  [[nodiscard]] core::Result<std::vector<RunRow>> runs();  ///< newest first

  /// SQLite's integrity and foreign key checks, the search indexes, every body and text against its SHA-256, the sums
  /// of the ledger, every history against its captures; empty when all is well. `look` hears how many of all bodies and
  /// texts are read. The search indexes are left out while another process writes, and where nothing can be written.
  [[nodiscard]] core::Result<std::vector<Finding>> check(
      const std::function<void(std::size_t done, std::size_t total)>& look = {});
  /// Mends of what was found that which needs nothing from outside: forgets bodies and texts that are damaged, with
  /// what was derived from them, so that they are fetched and made again, and makes indexes anew. In one transaction.
  [[nodiscard]] core::Result<Mended> mend(std::span<const Finding> findings);

 private:
  struct Impl;
  explicit Store(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace waydiff::storage
