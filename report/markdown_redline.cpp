#include "report/markdown_redline.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "report/plain_text.hpp"

namespace waydiff::report {
namespace {

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

/// Collects words; what stands between two spaces of unchanged text is written as one.
class Words {
 public:
  void same(std::string_view text) {
    while (!text.empty()) {
      if (text.front() == ' ' || at_space()) flush();
      const std::size_t begin = text.find_first_not_of(' ');
      if (begin == std::string_view::npos) return;
      const std::size_t end = std::min(text.find(' ', begin), text.size());
      old_ += text.substr(begin, end - begin);
      new_ += text.substr(begin, end - begin);
      text.remove_prefix(end);
    }
  }
  void removed(std::string_view text) { old_ += text; }
  void added(std::string_view text) { new_ += text; }
  /// The words before are whole: writes them unless they wait for the end of a changed word.
  void border() {
    if (old_ == new_) flush();
  }
  std::string finish() {
    flush();
    return std::move(out_);
  }

 private:
  /// Every side that has words ends at a space: the next words are on their own.
  bool at_space() const {
    const bool old_ends = old_.empty() || old_.ends_with(' '), new_ends = new_.empty() || new_.ends_with(' ');
    return old_ends && new_ends && !(old_.empty() && new_.empty());
  }
  void flush() {
    const std::string_view old_words = trimmed(old_), new_words = trimmed(new_);
    if (old_words == new_words) {
      write(old_words, "");
    } else {
      write(old_words, "~~");
      write(new_words, "**");
    }
    old_.clear();
    new_.clear();
  }
  void write(std::string_view words, std::string_view mark) {
    if (words.empty()) return;
    if (!out_.empty()) out_ += ' ';
    out_ += mark;
    out_ += markdown_escaped(words);
    out_ += mark;
  }

  std::string old_, new_, out_;
};

/// True when the unchanged text after the changes from `at` on starts a new word: else its first letters or its full
/// stop belong to the changed word.
bool new_word_follows(const std::vector<core::WordOp>& spans, std::size_t at) {
  while (at < spans.size() && spans[at].op != '=') ++at;
  return at == spans.size() || spans[at].text.starts_with(' ');
}

}  // namespace

std::string markdown_redline(const std::vector<core::WordOp>& spans) {
  Words words;
  for (std::size_t i = 0; i < spans.size(); ++i) {
    const core::WordOp& span = spans[i];
    const std::string text = visible(span.text);
    if (span.op != '=' && text.starts_with(' ') && new_word_follows(spans, i)) words.border();
    if (span.op == '=') words.same(text);
    if (span.op == '-') words.removed(text);
    if (span.op == '+') words.added(text);
  }
  return words.finish();
}

namespace {

std::string badges(const ChangeView& change, std::size_t number) {
  std::string out = std::to_string(number) + ". **" + change.kind + "**";
  if (!change.reason.empty()) out += " · " + markdown_escaped(change.reason);
  for (const std::string& flag : change.flags) out += " · _" + markdown_escaped(flag) + "_";
  return change.same_words ? out + " · same words" : out;
}

}  // namespace

std::string markdown_change(const ChangeView& change, std::size_t number) {
  std::string out =
      badges(change, number) + " · " + markdown_escaped(change.place) + " · clause " + change.numbers + "\n";
  if (!change.move.empty()) out += "   " + markdown_escaped(change.move) + "\n";
  return out + "   > " + markdown_redline(change.spans) + "\n\n";
}

std::string markdown_change(const ChangeView& change, std::size_t number, const std::vector<std::string>& quoted) {
  std::string out = badges(change, number);
  if (!change.from.empty()) out += " · from " + markdown_escaped(change.from);
  out += " · " + clause_numbers(change) + "\n";
  const std::string indent(std::to_string(number).size() + 2, ' ');
  for (std::size_t i = 0; i < quoted.size(); ++i) {
    if (i > 0) out += indent + ">\n";
    out += indent + "> " + quoted[i] + "\n";
  }
  return out + "\n";
}

}  // namespace waydiff::report
