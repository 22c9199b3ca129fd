#include <string>
#include <vector>

#include "report/change_view.hpp"
#include "report/markdown_redline.hpp"
#include "report/plain_text.hpp"
#include "report/redline.hpp"
#include "report/redline_rows.hpp"

namespace waydiff::report {
namespace {

std::string source(const RedlineSide& side) {
  std::string out = markdown_escaped(side.name);
  if (!side.origin.empty()) out += ", " + markdown_escaped(side.origin);
  if (!side.address.empty()) out += ", " + markdown_link(side.address, side.address);
  return out;
}

class Changes {
 public:
  explicit Changes(const Redline& redline) : redline_(redline), runs_(redline) {}

  std::string build() {
    std::string out = list(false);
    const std::string editorial = list(true);
    if (editorial.empty()) return out;
    // Those who paste it somewhere want the words that changed first.
    return out +
           "<details><summary>Editorial changes: typography, case, markup, numbering, links, dates</summary>\n\n" +
           editorial + "</details>\n";
  }

 private:
  std::string list(bool editorial) {
    std::string out;
    const std::vector<std::string>* path = nullptr;
    static const std::vector<std::string> top;
    for (const ChangeRun& run : runs_.all()) {
      const core::Change change = told_as_one(redline_.set, run);
      if ((change.significance == core::Significance::editorial) != editorial) continue;
      const core::Change& first = redline_.set.changes[run.first];
      const auto& side = first.after ? first.after : first.before;
      const std::vector<std::string>& now = side ? side->path : top;
      if (path == nullptr || now != *path) {
        out += "### " + (now.empty() ? "(top)" : markdown_escaped(path_text(now))) + "\n\n";
      }
      path = &now;
      out += item(change, run);
    }
    return out;
  }

  std::string item(const core::Change& change, const ChangeRun& run) {
    std::vector<std::string> quoted;
    for (std::size_t i = run.first; i < run.first + run.count; ++i) {
      const core::Change& one = redline_.set.changes[i];
      quoted.push_back(markdown_redline(change_view(one).spans));
      if (const auto ops = markup_ops(redline_, one); !ops.empty()) quoted.push_back(markdown_redline(ops));
    }
    return markdown_change(change_view(change), ++number_, quoted);
  }

  const Redline& redline_;
  const ChangeRuns runs_;
  std::size_t number_ = 0;
};

}  // namespace

std::string redline_markdown(const Redline& redline) {
  std::string out = "# Changes\n\nFrom " + source(redline.before) + " to " + source(redline.after) + "\n\n" +
                    markdown_escaped(redline_summary(redline)) + "\n\n";
  for (const std::string& note : redline.set.notes) out += "Note: " + markdown_escaped(note) + "\n\n";
  return out + Changes(redline).build();
}

}  // namespace waydiff::report
