#include "labelled_pages.hpp"

#include <fstream>
#include <sstream>
#include <stdexcept>

namespace waydiff::test {

std::vector<LabelledPage> labelled_pages(const std::string& file) {
  std::ifstream in(file);
  if (!in) throw std::runtime_error(file + " cannot be read");
  std::vector<LabelledPage> out;
  bool head = false;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("---- ")) {
      out.push_back({line.substr(5), {}, ""});
      head = true;
    } else if (out.empty()) {
      throw std::runtime_error(file + ": \"" + line + "\" stands before the first page");
    } else if (!head) {
      out.back().html += line + "\n";
    } else if (line.starts_with("want: ")) {
      std::istringstream wants(line.substr(6));
      for (std::string want; std::getline(wants, want, '|');) out.back().wants.push_back(want);
    } else if (line.empty()) {
      head = false;
    } else {
      throw std::runtime_error(file + ": \"" + line + "\" was not expected before the page");
    }
  }
  for (LabelledPage& page : out) {
    while (!page.html.empty() && page.html.back() == '\n') page.html.pop_back();
  }
  return out;
}

}  // namespace waydiff::test
