#include "report/spread_words.hpp"

#include <algorithm>
#include <array>

#include "core/fold.hpp"

namespace waydiff::report {
namespace {

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

constexpr std::array<std::string_view, 17> company_forms = {"inc", "llc",  "ltd", "limited", "corp", "corporation",
                                                            "co",  "gmbh", "ag",  "sa",      "sarl", "bv",
                                                            "plc", "pty",  "llp", "kg",      "srl"};

constexpr std::array<std::string_view, 32> weighty_words = {
    "not",   "no",     "never", "nor",   "neither", "none", "cannot", "without", "may",   "might", "can",
    "could", "will",   "would", "shall", "should",  "must", "nicht",  "kein",    "keine", "nie",   "ohne",
    "pas",   "jamais", "sans",  "nunca", "sin",     "niet", "geen",   "nooit",   "non",   "nao"};

bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}

/// The text as a reader's words: lower case, letters and digits, apostrophes left out ("don't" is "dont").
void append_words(std::string_view chunk, std::vector<std::string>& out) {
  const bool ascii = std::all_of(chunk.begin(), chunk.end(), [](char c) { return (c & 0x80) == 0; });
  std::string folded;
  if (ascii) {
    for (const char c : chunk) {
      if (c == '\'') continue;
      if (is_upper(c)) {
        folded.push_back(static_cast<char>(c - 'A' + 'a'));
      } else {
        folded.push_back((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : ' ');
      }
    }
  } else {
    std::string plain;
    constexpr std::string_view apostrophe = "\xE2\x80\x99";
    for (std::size_t at = 0; at < chunk.size();) {
      if (chunk.substr(at).starts_with(apostrophe)) {
        at += apostrophe.size();
      } else {
        if (chunk[at] != '\'') plain.push_back(chunk[at]);
        ++at;
      }
    }
    folded = core::folded_words(plain);
  }
  for (std::size_t at = 0; at < folded.size();) {
    const std::size_t end = std::min(folded.find(' ', at), folded.size());
    if (end > at) out.push_back(folded.substr(at, end - at));
    at = end + 1;
  }
}

bool is_weighty(const std::string& word) {
  const bool number = std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
  // "dont", "wont", "isnt" …; few other words end so, and all of them are longer.
  const bool contracted =
      word.size() <= 8 && word.ends_with("nt") &&
      is_one_of(std::array<std::string_view, 14>{"dont", "wont", "cant", "isnt", "arent", "doesnt", "didnt", "hasnt",
                                                 "havent", "shouldnt", "wouldnt", "couldnt", "mustnt", "wasnt"},
                word);
  return number || contracted || is_one_of(weighty_words, word);
}

}  // namespace

std::vector<SpreadWord> spread_words(std::string_view text, const std::vector<std::string>& own_names) {
  std::vector<SpreadWord> out;
  std::vector<std::string> words;
  bool inside = false;  // of a sentence
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find_first_of(" \t\n", at), text.size());
    const std::string_view chunk = text.substr(at, end - at);
    at = end + 1;
    if (chunk.empty()) continue;
    const std::size_t first = chunk.find_first_not_of("\"'([*_");
    const bool name_like = inside && first != std::string_view::npos && is_upper(chunk[first]);
    words.clear();
    append_words(chunk, words);
    inside = !words.empty() && std::string_view(".:;!?").find(chunk.back()) == std::string_view::npos;
    for (std::size_t i = 0; i < words.size(); ++i) {
      std::string& word = words[i];
      // What the choice is stands in the second part of the word.
      if (word == "opt" && i + 1 < words.size() && (words[i + 1] == "in" || words[i + 1] == "out")) {
        out.push_back({"opt" + words[i + 1], false, true});
        ++i;
        continue;
      }
      if (word == "s" && i > 0) continue;
      const std::string bare = word.ends_with('s') ? word.substr(0, word.size() - 1) : word;
      const auto own = [&](const std::string& name) { return name == word || name == bare; };
      if (std::any_of(own_names.begin(), own_names.end(), own)) continue;
      if (name_like && is_one_of(company_forms, word)) continue;
      const bool weighty = is_weighty(word);
      out.push_back({std::move(word), name_like && !weighty, weighty});
    }
  }
  return out;
}

std::vector<std::string> own_names(std::string_view site) {
  std::vector<std::string> labels;
  for (std::size_t at = 0; at <= site.size();) {
    const std::size_t end = std::min(site.find('.', at), site.size());
    append_words(site.substr(at, end - at), labels);
    at = end + 1;
  }
  if (site.find('.') == std::string_view::npos) return labels;
  // Domains end in what says nothing of the owner: "com", "co.uk".
  constexpr std::array<std::string_view, 9> general = {"www", "com", "co", "org", "net", "ac", "gov", "edu", "uk"};
  labels.pop_back();
  std::erase_if(labels, [&](const std::string& label) { return label.size() < 3 || is_one_of(general, label); });
  return labels;
}

}  // namespace waydiff::report
