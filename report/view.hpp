#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/timestamp.hpp"
#include "report/change_view.hpp"
#include "report/dossier.hpp"
#include "report/interval.hpp"

namespace waydiff::report {

/// A capture as a reader cites it.
struct SnapshotView {
  core::Timestamp time;
  std::string address;  ///< snapshot_address, a `visible` text
  std::string archive;  ///< its name
};

struct TransitionView {
  int sequence = 0;
  storage::TransitionKind kind = storage::TransitionKind::changed;
  std::string title;  ///< "Changed between 2018-05-01 and 2018-05-25"
  std::string gap;    ///< "24 days"
  int old_state = 0, new_state = 0;
  SnapshotView before, after;
  std::string missed;       ///< missed_remark(); empty for none
  std::string announced;    ///< "silent edit"; empty where no date changed and no words of substance did
  std::string dates;        ///< announcement_text()
  std::string stood;        ///< "Text 1 stood for at least 20 days and at most 45 days"; empty for editorial ones
  std::size_t same_as = 0;  ///< of returns in a row: sequence of an earlier one between the same texts; 0: none
  std::vector<ChangeView> substantive, structural, editorial;
  std::string summary;
  std::vector<std::string> notes;
};

/// Returns in a row, told as one.
struct AlternationView {
  std::size_t first = 0, last = 0;  ///< positions in PageView::transitions
  std::string title;                ///< "Texts 1 and 2 alternate 14 times between 2012-03-01 and 2014-03-01"
  std::string label;                ///< "Texts 1 and 2 alternate 14 times"
  std::vector<std::string> lines;   ///< of each text: how often and how long it stood in that time
};

/// One extracted text: where it was first taken from.
struct TextView {
  int state = 0;
  std::string title, language;
  std::size_t clauses = 0, captures = 0;
  std::string stood;  ///< "3 times, at least 20 days and at most 45 days in all": of its state
  SnapshotView first;
  core::Timestamp last;
  std::string body_sha256, text_sha256;
  int generation = 0;
};

/// A capture in the order of time: which text it shows, or why it shows none.
struct MomentView {
  SnapshotView snapshot;
  int state = 0;       ///< 0: not fit to compare
  std::string reason;  ///< "soft_404"
  std::string detail;
};

struct UnreadView {
  SnapshotView snapshot;
  std::string outcome, cause;
  int attempts = 0;
};

struct LedgerLine {
  std::string name, meaning;
  std::size_t count = 0;
};

struct PageView {
  std::string site, kind, url, file;           ///< `file` without extension
  std::string summary;                         ///< one sentence
  std::optional<core::Timestamp> first, last;  ///< good captures
  std::size_t captures = 0, states = 0, substantive_transitions = 0;
  std::vector<MomentView> moments;            ///< captures with a text, and quarantined ones
  std::vector<TransitionView> transitions;    ///< oldest first
  std::vector<AlternationView> alternations;  ///< by time, not overlapping
  std::vector<TextView> texts;
  std::vector<MomentView> quarantined;
  std::vector<UnreadView> unread;  ///< unplayable, excluded and failed
  std::vector<LedgerLine> ledger;
  std::size_t listed = 0, accounted = 0;
  std::vector<std::string> warnings;  ///< index answers that were not complete, sums that do not match
};

[[nodiscard]] PageView page_view(const Dossier& dossier, std::string file);

}  // namespace waydiff::report
