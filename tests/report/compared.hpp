#pragma once

#include <string_view>
#include <vector>

#include "diff/compare.hpp"
#include "diff/segmentation.hpp"
#include "extract/extract.hpp"
#include "report/redline.hpp"

namespace waydiff::report {

/// Two Markdown texts compared as `waydiff diff` does it.
class Compared {
 public:
  Compared(std::string_view before, std::string_view after)
      : before_(extract::read_markdown(before)),
        after_(extract::read_markdown(after)),
        both_(before_, after_),
        set_(diff::compare(both_.before(), both_.after())) {}

  [[nodiscard]] Redline redline(std::string_view ignore = "", std::string_view only = "") const {
    Redline out(set_, "old.md", "new.md");
    out.before.document = &before_;
    out.before.clauses = both_.before();
    out.after.document = &after_;
    out.after.clauses = both_.after();
    out.filter = ChangeFilter::parse(ignore, only).value();
    return out;
  }
  [[nodiscard]] const core::ChangeSet& set() const { return set_; }
  [[nodiscard]] std::vector<core::Clause> old_clauses() const { return diff::clauses(both_.before()); }
  [[nodiscard]] std::vector<core::Clause> new_clauses() const { return diff::clauses(both_.after()); }

 private:
  core::Document before_, after_;
  diff::SegmentedPair both_;
  core::ChangeSet set_;
};

/// A reworded sentence, a moved one, an added item, a removed paragraph, a changed link; in two sections.
inline constexpr std::string_view sample_before =
    "## Sharing\n\nThis notice tells what we do. We may share your address with our printers. Write to us.\n\n"
    "A cookie is a small file that your browser keeps for us.\n\n"
    "## Keeping\n\nSee [the list](https://a.example/list) of things.\n\nWe never sell what you tell us to anyone.\n\n"
    "  * letters\n  * parcels\n";
inline constexpr std::string_view sample_after =
    "## Sharing\n\nThis notice tells what we do. We will share your address with our printers. Write to us.\n\n"
    "## Keeping\n\nSee [the list](https://b.example/list) of things.\n\n"
    "  * letters\n  * parcels\n  * telegrams of all kinds\n\n"
    "A cookie is a small file that your browser keeps for us.\n";

}  // namespace waydiff::report
