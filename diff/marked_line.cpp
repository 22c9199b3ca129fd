#include "diff/marked_line.hpp"

#include <algorithm>

#include "core/holds_any.hpp"

namespace waydiff::diff {
namespace {

using core::Inline;

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// Single spaces between the words, and no other white space: true of most runs. All bytes are looked at: so it takes
/// many at once.
bool is_collapsed(std::string_view text) {
  const char* const signs = text.data();
  const std::size_t size = text.size();
  unsigned char found = 0;
  for (std::size_t i = 0; i < size; ++i) {
    found |= static_cast<unsigned char>(static_cast<unsigned char>(signs[i]) < ' ');
  }
  for (std::size_t i = 1; i < size; ++i) {
    found |= static_cast<unsigned char>((signs[i] == ' ') & (signs[i - 1] == ' '));
  }
  return found == 0;
}

bool stands_as_is(std::string_view text) {
  return !text.starts_with(' ') && is_collapsed(text);
}

bool is_escaped(char c) {
  return c == '\\' || c == '*' || c == '_' || c == '[' || c == ']' || c == '`';
}

bool is_marked(const Inline& run) {
  return run.strong || run.emphasis || run.code || !run.href.empty();
}

bool same_marks(const Inline& a, const Inline& b) {
  return a.strong == b.strong && a.emphasis == b.emphasis && a.code == b.code && a.href == b.href;
}

void append_escaped(std::string& out, std::string_view text) {
  std::size_t start = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!is_escaped(text[i])) continue;
    out.append(text.substr(start, i - start)).append("\\");
    start = i;
  }
  out.append(text.substr(start));
}

void append_marked(std::string& out, std::string_view text, const Inline& run) {
  // CommonMark's marks must touch the words, so spaces go outside them.
  const std::size_t first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) {
    out += text;
    return;
  }
  const std::size_t last = text.find_last_not_of(' ');
  out.append(text.substr(0, first));
  const std::string_view words = text.substr(first, last - first + 1);
  if (!run.href.empty()) out += '[';
  if (run.strong) out += "**";
  if (run.emphasis) out += '_';
  if (run.code) {
    out.append("`").append(words).append("`");
  } else {
    append_escaped(out, words);
  }
  if (run.emphasis) out += '_';
  if (run.strong) out += "**";
  if (!run.href.empty()) out.append("](").append(run.href).append(")");
  out.append(text.substr(last + 1));
}

std::string_view copied(std::string_view text, std::pmr::memory_resource& memory) {
  auto* const copy = static_cast<char*>(memory.allocate(text.size(), 1));
  std::copy(text.begin(), text.end(), copy);
  return {copy, text.size()};
}

}  // namespace

void MarkedLine::read(std::span<const Inline> runs) {
  clear();
  if (runs.size() == 1 && stands_as_is(runs.front().text)) {
    runs_.emplace_back(0, &runs.front());
    text_ = runs.front().text;
  } else {
    for (const Inline& run : runs) append(run);
    text_ = copied(built_, memory_);
  }
  finish();
}

void MarkedLine::read_row(const std::vector<std::vector<Inline>>& cells) {
  static const Inline bar{.text = " | ", .strong = false, .emphasis = false, .code = false, .href = {}};
  clear();
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) append(bar);
    for (const Inline& run : cells[i]) append(run);
  }
  text_ = copied(built_, memory_);
  finish();
}

void MarkedLine::clear() {
  built_.clear();
  runs_.clear();
  breaks_.clear();
}

void MarkedLine::append(const Inline& run) {
  runs_.emplace_back(built_.size(), &run);
  const std::string_view text = run.text;
  if (stands_as_is(text)) {
    built_.append(text);
    return;
  }
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t start = i;
    while (i < text.size() && !is_space(text[i])) ++i;
    built_.append(text.substr(start, i - start));
    for (; i < text.size() && is_space(text[i]); ++i) {
      if (!built_.empty() && built_.back() != ' ') built_ += ' ';
      if (text[i] == '\n' && !built_.empty() && (breaks_.empty() || breaks_.back() != built_.size())) {
        breaks_.push_back(built_.size());
      }
    }
  }
}

void MarkedLine::finish() {
  while (text_.ends_with(' ')) text_.remove_suffix(1);
  const bool marked = std::any_of(runs_.begin(), runs_.end(), [](const auto& part) { return is_marked(*part.second); });
  bare_ = !marked && !core::holds_any<'\\', '*', '_', '[', ']', '`'>(text_);
}

std::string_view MarkedLine::markup(std::size_t begin, std::size_t end) const {
  if (bare_) return text_.substr(begin, end - begin);
  std::string out;
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    const Inline& run = *runs_[i].second;
    const std::size_t from = std::max(runs_[i].first, begin);
    while (i + 1 < runs_.size() && same_marks(run, *runs_[i + 1].second)) ++i;
    const std::size_t to = std::min(i + 1 < runs_.size() ? runs_[i + 1].first : text_.size(), end);
    if (from < to) append_marked(out, text_.substr(from, to - from), run);
  }
  return copied(out, memory_);
}

}  // namespace waydiff::diff
