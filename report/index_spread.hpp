#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "report/change_view.hpp"
#include "report/view.hpp"
#include "storage/store.hpp"

namespace waydiff::report {

/// Events that index.html shows, and documents of each.
inline constexpr std::size_t index_events = 8;
inline constexpr std::size_t index_members = 12;

/// The same change in several documents, as index.html shows it.
struct SpreadView {
  struct Member {
    std::string file, site, kind;  ///< `file` without extension
    int sequence = 0;              ///< of its transition; 0: unknown
    std::string window;            ///< "between 2018-05-01 and 2018-05-25 (24 days)", with how like the first it is
  };
  std::string title;   ///< "Added in 4 documents"
  std::string period;  ///< "from 2018-05-25 to 2018-07-01 (37 days)"
  ChangeView change;   ///< in the first document
  std::vector<Member> members;
  std::string remark;  ///< what is not sure or not shown; empty for none
};

/// The latest events of `waydiff spread` with its limits, newest first. `pages`: of the targets by id. Reads all
/// substantive changes of the store: some 10 microseconds and 0.5 KiB each.
[[nodiscard]] core::Result<std::vector<SpreadView>> spread_views(storage::Store& store,
                                                                 const std::map<storage::Id, const PageView*>& pages);

}  // namespace waydiff::report
