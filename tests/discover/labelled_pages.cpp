#include "labelled_pages.hpp"

#include <fstream>
#include <stdexcept>
#include <utility>

namespace waydiff::test {

std::vector<LabelledQuestion> labelled_questions(const std::string& file) {
  std::ifstream in(file);
  if (!in) throw std::runtime_error(file + " cannot be read");
  std::vector<LabelledQuestion> out;
  std::string title, url, html;
  std::vector<std::pair<std::string, std::string>> wants;
  bool head = false;
  const auto finish = [&] {
    for (const auto& [kind, wanted] : wants) out.push_back({title, url, html, kind, wanted == "none" ? "" : wanted});
    wants.clear();
    html.clear();
  };
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("---- ")) {
      finish();
      title = line.substr(5);
      head = true;
    } else if (!head) {
      html += line + "\n";
    } else if (line.starts_with("url: ")) {
      url = line.substr(5);
    } else if (line.starts_with("want: ")) {
      const std::size_t sign = line.find(" = ");
      wants.emplace_back(line.substr(6, sign - 6), line.substr(sign + 3));
    } else if (line.empty()) {
      head = false;
    } else {
      throw std::runtime_error(file + ": \"" + line + "\" was not expected before the page");
    }
  }
  finish();
  return out;
}

}  // namespace waydiff::test
