#include "report/stated_dates.hpp"

#include "extract/render.hpp"

namespace waydiff::report {

core::Result<StatedDates> read_stated_dates(storage::Store& store,
                                            std::span<const storage::TransitionRow> transitions) {
  StatedDates out;
  for (const storage::TransitionRow& transition : transitions) {
    for (const storage::Id id : {transition.old_text, transition.new_text}) {
      if (out.contains(id)) continue;
      const auto text = store.text(id);
      if (!text) return tl::unexpected(text.error());
      auto document = extract::from_json(text->document);
      if (!document) {
        return core::fail(core::Errc::store_corrupt, "text " + std::to_string(id) + ": " + document.error().detail);
      }
      out.emplace(id, std::move(document->dates));
    }
  }
  return out;
}

Announcement announcement(const storage::TransitionRow& transition, const StatedDates& dates) {
  const auto of = [&](storage::Id text) -> std::span<const core::StatedDate> {
    const auto found = dates.find(text);
    if (found == dates.end()) return {};
    return found->second;
  };
  return announcement(of(transition.old_text), of(transition.new_text), transition.not_before, transition.not_after,
                      is_substantive(transition.changes), transition.kind);
}

}  // namespace waydiff::report
