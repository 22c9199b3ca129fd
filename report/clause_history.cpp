#include "report/clause_history.hpp"

#include <unordered_map>
#include <utility>

#include "core/fold.hpp"
#include "diff/fingerprint.hpp"

namespace waydiff::report {
namespace {

using storage::Id;

std::unordered_map<Id, const std::vector<std::size_t>*> wordings_by_text(const storage::ClauseLines& lines) {
  std::unordered_map<Id, const std::vector<std::size_t>*> out;
  for (const storage::TextWordings& text : lines.texts) out.emplace(text.text, &text.wordings);
  return out;
}

}  // namespace

std::vector<BlamedClause> blame(const storage::History& history, const storage::ClauseLines& lines, Id capture) {
  struct Known {
    Coming appeared, changed;
    std::size_t wording = 0;
    std::size_t seen_in = 0;  ///< number of the text, from 1
  };
  const auto texts = wordings_by_text(lines);
  std::vector<std::string> meanings(lines.wordings.size());  // fingerprints, made when needed
  const auto meaning = [&](std::size_t wording) -> const std::string& {
    if (meanings[wording].empty()) meanings[wording] = diff::fingerprint(lines.wordings[wording].words);
    return meanings[wording];
  };
  std::unordered_map<std::size_t, Known> known;
  std::vector<BlamedClause> out;
  std::optional<Id> before;
  Id text = 0;
  std::size_t number = 0;
  for (const storage::Placement& placement : history.placements) {
    const auto found = texts.find(placement.text);
    if (placement.text != text && found != texts.end()) {
      ++number;
      for (const std::size_t wording : *found->second) {
        const auto [entry, is_new] = known.try_emplace(lines.wordings[wording].line);
        Known& line = entry->second;
        const Coming now{before, placement.capture};
        if (is_new) line.appeared = now;
        const bool same = !is_new && line.seen_in == number - 1 &&
                          (line.wording == wording || meaning(line.wording) == meaning(wording));
        if (!same) line.changed = now;
        line.wording = wording;
        line.seen_in = number;
      }
      text = placement.text;
    }
    before = placement.capture;
    if (placement.capture != capture || found == texts.end()) continue;
    for (const std::size_t wording : *found->second) {
      const storage::WordingRow& row = lines.wordings[wording];
      const Known& line = known.at(row.line);
      out.push_back({lines.lines[row.line].name, row.words, row.path, line.appeared, line.changed});
    }
    return out;
  }
  return out;
}

ClauseLife clause_life(const storage::History& history, const storage::ClauseLines& lines, std::size_t line) {
  ClauseLife out;
  out.line = lines.lines[line].name;
  if (const auto& parent = lines.lines[line].split_from) out.split_from = lines.lines[*parent].name;
  std::unordered_map<Id, std::optional<std::size_t>> said;  // by text
  for (const storage::TextWordings& text : lines.texts) {
    std::optional<std::size_t>& wording = said[text.text];
    for (const std::size_t one : text.wordings) {
      if (lines.wordings[one].line == line) wording = one;
    }
  }
  std::optional<std::size_t> last;
  std::optional<Id> before;
  for (const storage::Placement& placement : history.placements) {
    const auto found = said.find(placement.text);
    const std::optional<std::size_t> now = found == said.end() ? std::nullopt : found->second;
    if (last && now != last) {
      out.stays.back().gone_capture = placement.capture;
      out.stays.back().removed = !now;
    }
    if (now && now != last) {
      const storage::WordingRow& row = lines.wordings[*now];
      out.stays.push_back({row.words, row.path, {before, placement.capture}, placement.capture, {}, false});
    }
    if (now) out.stays.back().last_capture = placement.capture;
    last = now;
    before = placement.capture;
  }
  return out;
}

std::vector<std::size_t> lines_that_say(const storage::ClauseLines& lines, const std::string& text) {
  const std::string wanted = core::folded_words(text);
  std::vector<bool> says(lines.lines.size());
  for (const storage::WordingRow& wording : lines.wordings) {
    if (!wanted.empty() && core::folded_words(wording.words).find(wanted) != std::string::npos)
      says[wording.line] = true;
  }
  std::vector<std::size_t> out;
  for (std::size_t at = 0; at < says.size(); ++at) {
    if (says[at]) out.push_back(at);
  }
  return out;
}

}  // namespace waydiff::report
