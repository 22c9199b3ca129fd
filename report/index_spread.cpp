#include "report/index_spread.hpp"

#include <algorithm>

#include "report/interval.hpp"
#include "report/plain_text.hpp"
#include "report/spread.hpp"

namespace waydiff::report {
namespace {

core::Change change_of(const storage::ChangeHit& hit) {
  core::Change change;
  change.kind = hit.change;
  change.significance = hit.significance;
  change.reason = hit.reason;
  change.flags = hit.flags;
  if (hit.change != core::ChangeKind::added) change.before = core::ClauseRange{0, 1, hit.path, hit.old_text};
  if (hit.change != core::ChangeKind::removed) change.after = core::ClauseRange{0, 1, hit.path, hit.new_text};
  change.ops = hit.ops;
  return change;
}

std::string title_of(const SpreadEvent& event) {
  const char* const did = event.kind == core::ChangeKind::added     ? "Added in "
                          : event.kind == core::ChangeKind::removed ? "Removed in "
                                                                    : "Reworded in ";
  return did + counted(event.members.size(), "document");
}

int sequence_of(const PageView& page, const SpreadMember& member) {
  const auto found = std::find_if(page.transitions.begin(), page.transitions.end(), [&member](const auto& view) {
    return view.before.time == member.not_before && view.after.time == member.not_after;
  });
  return found == page.transitions.end() ? 0 : found->sequence;
}

SpreadView::Member member_view(const PageView& page, const SpreadMember& member) {
  std::string window = "between " + member.not_before.date() + " and " + member.not_after.date() + " (" +
                       gap_text(member.not_before, member.not_after) + ")";
  if (!member.exact) window += ", " + std::to_string(static_cast<int>(member.alike * 100)) + " % alike";
  return {page.file, page.site, page.kind, sequence_of(page, member), std::move(window)};
}

core::Result<SpreadView> view_of(storage::Store& store, const SpreadEvent& event,
                                 const std::map<storage::Id, const PageView*>& pages) {
  const auto hit = store.change(event.members.front().change);
  if (!hit) return tl::unexpected(hit.error());
  const core::Timestamp first = event.members.front().not_after, last = event.members.back().not_after;
  SpreadView out;
  out.title = title_of(event);
  out.period = "first seen there from " + first.date() + " to " + last.date() + " (" + gap_text(first, last) + ")";
  out.change = change_view(change_of(*hit));
  for (const SpreadMember& member : event.members) {
    const auto page = pages.find(member.target);
    if (page == pages.end() || out.members.size() == index_members) continue;
    out.members.push_back(member_view(*page->second, member));
  }
  const std::size_t more = event.members.size() - out.members.size();
  if (!event.first_is_sure) out.remark = "Who was first is not sure: the intervals overlap.";
  if (more > 0) {
    out.remark +=
        (out.remark.empty() ? "And " : " And ") + counted(more, "more document") + ": `waydiff spread` lists them all.";
  }
  return out;
}

}  // namespace

core::Result<std::vector<SpreadView>> spread_views(storage::Store& store,
                                                   const std::map<storage::Id, const PageView*>& pages) {
  const SpreadLimits limits;
  if (pages.size() < limits.documents) return std::vector<SpreadView>{};
  SpreadFinder finder;
  storage::SearchQuery query;
  query.kinds = {"added", "removed", "modified"};
  const auto read = store.each_change(query, [&finder](const storage::ChangeHead& head) {
    finder.add({head.change, head.target, head.not_before, head.not_after}, head.kind, head.site, head.old_text,
               head.new_text);
  });
  if (!read) return tl::unexpected(read.error());
  std::vector<SpreadEvent> events = finder.events(limits);
  std::stable_sort(events.begin(), events.end(), [](const SpreadEvent& a, const SpreadEvent& b) {
    return a.members.back().not_after > b.members.back().not_after;
  });
  if (events.size() > index_events) events.resize(index_events);
  std::vector<SpreadView> out;
  for (const SpreadEvent& event : events) {
    auto view = view_of(store, event, pages);
    if (!view) return tl::unexpected(view.error());
    out.push_back(std::move(*view));
  }
  return out;
}

}  // namespace waydiff::report
