#include "html_check.hpp"

#include <map>
#include <set>

namespace waydiff::report {
namespace {

const std::set<std::string, std::less<>> empty_elements = {"meta", "input", "br", "hr", "link", "img"};

class Check {
 public:
  explicit Check(std::string_view page) : page_(page) {}

  std::vector<std::string> run() {
    for (std::size_t at = page_.find('<'); at != std::string_view::npos; at = page_.find('<', at)) {
      const std::size_t end = page_.find('>', at);
      if (end == std::string_view::npos) {
        faults_.emplace_back("a tag is not closed");
        break;
      }
      tag(page_.substr(at + 1, end - at - 1));
      // What stands in a style sheet is no markup.
      at = !open_.empty() && open_.back() == "style" ? page_.find("</style", end) : end;
    }
    for (const std::string& name : open_) faults_.push_back("<" + name + "> is not closed");
    for (const std::string& id : wanted_) {
      if (ids_[id] == 0) faults_.push_back("#" + id + " leads nowhere");
    }
    for (const auto& [id, count] : ids_) {
      if (count > 1) faults_.push_back("id " + id + " stands " + std::to_string(count) + " times");
    }
    return faults_;
  }

 private:
  void tag(std::string_view text) {
    if (text.starts_with('!')) return;
    if (text.starts_with('/')) return close(std::string(text.substr(1)));
    const std::string name(text.substr(0, text.find_first_of(" \n")));
    if (name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789") != std::string::npos || name.empty()) {
      faults_.push_back("<" + std::string(text) + "> is no tag");
    }
    if (name == "p" && has_open("p")) faults_.push_back("a paragraph in a paragraph");
    attributes(text.substr(name.size()));
    if (!empty_elements.contains(name)) open_.push_back(name);
  }

  [[nodiscard]] bool has_open(std::string_view name) const {
    for (const std::string& open : open_) {
      if (open == name) return true;
    }
    return false;
  }

  void close(const std::string& name) {
    if (open_.empty() || open_.back() != name) {
      faults_.push_back("</" + name + "> closes " + (open_.empty() ? "nothing" : "<" + open_.back() + ">"));
      return;
    }
    open_.pop_back();
  }

  void attributes(std::string_view text) {
    std::size_t quotes = 0;
    for (const char c : text) quotes += c == '"' ? 1U : 0U;
    if (quotes % 2 != 0) faults_.push_back("quotes that are not closed: " + std::string(text));
    if (const auto id = value(text, " id=\""); !id.empty()) ++ids_[id];
    if (const auto link = value(text, " href=\"#"); !link.empty()) wanted_.insert(link);
  }

  static std::string value(std::string_view text, std::string_view name) {
    const std::size_t at = text.find(name);
    if (at == std::string_view::npos) return {};
    const std::size_t begin = at + name.size();
    return std::string(text.substr(begin, text.find('"', begin) - begin));
  }

  std::string_view page_;
  std::vector<std::string> open_, faults_;
  std::map<std::string, int> ids_;
  std::set<std::string> wanted_;
};

}  // namespace

std::vector<std::string> html_faults(std::string_view page) {
  return Check(page).run();
}

}  // namespace waydiff::report
