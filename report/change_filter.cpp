#include "report/change_filter.hpp"

#include <algorithm>

namespace waydiff::report {
namespace {

using core::ChangeKind;
using core::Significance;

constexpr std::array significances{Significance::substantive, Significance::structural, Significance::editorial};
constexpr std::array kinds{ChangeKind::added, ChangeKind::removed, ChangeKind::modified,
                           ChangeKind::moved, ChangeKind::split,   ChangeKind::merged};

/// Calls `take` with each member of a list of names.
template <class Name, std::size_t count, class Take>
core::Result<void> read_list(std::string_view option, std::string_view list, const std::array<Name, count>& names,
                             Take take) {
  for (std::size_t at = 0; at <= list.size();) {
    const std::size_t end = std::min(list.find(',', at), list.size());
    const std::string_view word = list.substr(at, end - at);
    const auto found = std::find_if(names.begin(), names.end(), [word](Name name) { return core::name(name) == word; });
    if (found == names.end()) {
      std::string choices;
      for (const Name name : names) choices.append(choices.empty() ? "" : ", ").append(core::name(name));
      return core::fail(core::Errc::bad_argument, std::string(option) + ": \"" + std::string(word) + "\" is none of " +
                                                      choices + " (several parted by commas)");
    }
    take(*found);
    at = end + 1;
  }
  return {};
}

}  // namespace

core::Result<ChangeFilter> ChangeFilter::parse(std::string_view ignore, std::string_view only) {
  ChangeFilter out;
  if (!ignore.empty()) {
    const auto read = read_list("--ignore", ignore, significances, [&out](Significance significance) {
      out.ignored_[static_cast<std::size_t>(significance)] = true;
    });
    if (!read) return tl::unexpected(read.error());
    out.text_ = "--ignore " + std::string(ignore);
  }
  if (!only.empty()) {
    out.hidden_.fill(true);
    const auto read = read_list("--only", only, kinds,
                                [&out](ChangeKind kind) { out.hidden_[static_cast<std::size_t>(kind)] = false; });
    if (!read) return tl::unexpected(read.error());
    out.text_ += (out.text_.empty() ? "--only " : " --only ") + std::string(only);
  }
  return out;
}

bool ChangeFilter::shows(const core::Change& change) const {
  return !ignored_[static_cast<std::size_t>(change.significance)] && !hidden_[static_cast<std::size_t>(change.kind)];
}

std::size_t ChangeFilter::count_shown(const core::ChangeSet& set) const {
  return static_cast<std::size_t>(std::count_if(set.changes.begin(), set.changes.end(),
                                                [this](const core::Change& change) { return shows(change); }));
}

}  // namespace waydiff::report
