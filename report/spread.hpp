#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/change_set.hpp"
#include "core/timestamp.hpp"
#include "storage/rows.hpp"

namespace waydiff::report {

/// What counts as one event.
struct SpreadLimits {
  std::size_t documents = 3;      ///< at least so many
  std::chrono::days within{180};  ///< from the first `not_after` to the last
  std::size_t words = 5;          ///< shorter clauses ("Cookies") are left out
};

/// A document that an event reached.
struct SpreadMember {
  storage::Id change = 0, target = 0;
  core::Timestamp not_before, not_after;
  bool exact = false;  ///< the same clause fingerprint as the first
  double alike = 0;    ///< words shared with the first, of all words of both: 0 to 1
};

struct SpreadEvent {
  core::ChangeKind kind = core::ChangeKind::added;
  std::vector<SpreadMember> members;  ///< by not_after; each target once
  bool first_is_sure = false;         ///< the first one's not_after is not after any other's not_before
};

/// Finds changes that are the same, or nearly, in several documents. How near is told in docs/reports.md. Takes a
/// change in about 10 microseconds and 0.5 KiB, whatever their number: each is only held against those that share rare
/// words.
class SpreadFinder {
 public:
  /// In the order of not_after; ties in an order that is the same for every store made of the same captures. Of added,
  /// removed and modified changes the texts there are.
  void add(const SpreadMember& change, core::ChangeKind kind, std::string_view site, std::string_view old_text,
           std::string_view new_text);

  /// Events, the widest first, then by time. Call once.
  [[nodiscard]] std::vector<SpreadEvent> events(const SpreadLimits& limits);

 private:
  using Token = std::uint32_t;
  struct Item {
    SpreadMember change;
    core::ChangeKind kind;
    std::uint64_t fingerprint;
    std::uint64_t weighty;      ///< equal where negations, modal verbs and numbers are
    std::vector<Token> tokens;  ///< distinct; after rank(): the rarest first
    std::vector<Token> names;   ///< of them, those that look like names
  };
  struct Group {
    std::size_t leader;
    std::vector<std::size_t> items;
  };

  Token number(const std::string& word, std::uint32_t site, int side);
  void rank();
  void drop_names(Item& item) const;
  [[nodiscard]] double alike(const Item& a, const Item& b) const;
  [[nodiscard]] std::vector<Group> groups(std::size_t least_words);
  void append_events(const Group& group, const SpreadLimits& limits, std::vector<SpreadEvent>& out) const;

  std::vector<Item> items_;
  std::unordered_map<std::string, Token> numbers_;
  std::unordered_map<std::string, std::uint32_t> sites_;
  std::vector<std::vector<std::string>> own_names_;  ///< by site
  std::vector<std::uint32_t> site_of_;               ///< by token: the site that has it, or `several`
  std::vector<bool> edit_;                           ///< by token: of the words that a rewording takes or brings
};

}  // namespace waydiff::report
