#include "diff/parties.hpp"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <deque>
#include <string>
#include <vector>

#include "diff/address.hpp"
#include "diff/fingerprint.hpp"
#include "diff/lexicon.hpp"
#include "diff/word_list.hpp"
#include "diff/words.hpp"

namespace waydiff::diff {
namespace {

using Words = std::vector<std::string_view>;

/// Capitals that name no one: places, laws, techniques, parts of documents, words of addresses.
constexpr auto no_names = word_list(
    "eu eea efta uk us usa u s america american europe european union economic area switzerland swiss "
    "ireland irish germany german france french spain spanish italy italian netherlands dutch belgium "
    "austria poland portugal sweden denmark norway finland iceland liechtenstein england english wales "
    "scotland britain british united kingdom states state california californian colorado connecticut "
    "delaware virginia utah texas nevada oregon washington new york canada canadian mexico brazil "
    "argentina china chinese hong kong japan japanese korea korean india singapore taiwan indonesia "
    "vietnam thailand kenya africa asia australia australian zealand turkey russia ukraine israel london "
    "dublin luxembourg republic country county city street road avenue suite floor box north south east "
    "west gdpr dsgvo rgpd ccpa cpra coppa dmca dsa dma ferpa hipaa lgpd pipeda tcpa ftc act acts code "
    "regulation regulations directive law statute statutes constitution federal scc sccs framework "
    "shield clauses contractual convention rss api apis sdk pdf html http https xml json sms mms ai llm "
    "ip url uri id ids faq faqs os tv gps nfc wifi wlan lan pin vpn css gif usb cpu ram kwh mb gb dns "
    "ssl tls isp isps generative artificial intelligence ad ads settings setting page pages help center "
    "centre support plan plans addendum contract contracts date dates january february march april june "
    "july august september october november december easter christmas utc gmt pst pt et above below also "
    "either both such other others here no not if when where while once however usc president officer "
    "controller member members seller sellers buyer buyers owner creator creators company mr mrs ms dr");

/// What stands behind the name of a company.
constexpr auto company_forms = word_list(
    "inc llc ltd limited corp corporation plc gmbh ag kg se sa sarl sas srl bv nv ab oy pty pte co kgaa "
    "ug ou");

/// Those that tell a company in a title too.
constexpr auto telling_forms = word_list("inc llc ltd gmbh plc kgaa corp");

constexpr auto german_words = word_list(
    "der die das und wir sie ist sind nicht mit von zu den dem des ein eine einer für auf werden oder im "
    "ihre ihr bei");

bool starts_upper(std::string_view word) {
  int32_t i = 0;
  UChar32 c = 0;
  U8_NEXT_OR_FFFD(reinterpret_cast<const uint8_t*>(word.data()), i,
                  static_cast<int32_t>(std::min<std::size_t>(word.size(), 8)), c);
  return u_isupper(c) != 0;
}

bool has_inner_capital(std::string_view word) {
  return std::any_of(word.begin() + 1, word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

char small(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// Walks the words of a text and what stands between them.
class Reader {
 public:
  explicit Reader(std::string_view text) : list_(words(text)), small_(text) {
    std::transform(small_.begin(), small_.end(), small_.begin(), small);
    folded_.reserve(list_.size());
    for (const std::string_view word : list_) folded_.push_back(folded(text, word));
    const auto capitals = std::count_if(list_.begin(), list_.end(), starts_upper);
    title_ = 2 * static_cast<std::size_t>(capitals) > list_.size() + 1;
    german_ = std::count_if(folded_.begin(), folded_.end(),
                            [](std::string_view word) { return german_words.holds(word); }) >= 2;
  }

  std::vector<std::string> parties() {
    std::vector<std::string> found;
    bool quoted = false;
    for (std::size_t i = 0; i < list_.size(); ++i) {
      const std::string_view gap = before(i);
      const bool start = i == 0 || gap.find_first_of(".!?:|") != std::string_view::npos;
      quoted = !start && goes_on_quoted(gap, quoted);
      if (start && !gap.empty()) quoted = goes_on_quoted(gap.substr(gap.find_last_of(".!?:|") + 1), false);
      // "Acme, Inc." to "Acme LLC" is another company, in a title too.
      const bool name =
          (!title_ && !start && !quoted && is_name(i)) || (starts_upper(list_[i]) && telling_forms.holds(folded_[i]));
      if (name || is_recipient(folded_[i])) found.emplace_back(folded_[i]);
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
  }

 private:
  [[nodiscard]] std::string_view before(std::size_t i) const {
    if (i == 0) return {};
    const char* end = list_[i - 1].data() + list_[i - 1].size();
    return {end, static_cast<std::size_t>(list_[i].data() - end)};
  }

  static bool goes_on_quoted(std::string_view gap, bool quoted) {
    for (std::size_t i = 0; i < gap.size(); ++i) {
      if (gap[i] == '"') quoted = !quoted;
      if (gap.substr(i).starts_with("“") || gap.substr(i).starts_with("„")) quoted = true;
      if (gap.substr(i).starts_with("”")) quoted = false;
    }
    return quoted;
  }

  [[nodiscard]] bool is_name(std::size_t i) const {
    if (!starts_upper(list_[i]) || is_address(list_[i])) return false;
    if (is_defined_term(folded_[i]) || no_names.holds(folded_[i])) return false;
    if (!german_) return true;
    for (std::size_t k = i + 1; k < std::min(i + 4, list_.size()); ++k) {
      if (company_forms.holds(folded_[k])) return true;
    }
    return has_inner_capital(list_[i]) && list_[i].size() > 2;
  }

  /// A word's fingerprint, which of ASCII letters and digits is their small form.
  std::string_view folded(std::string_view text, std::string_view word) {
    if (std::all_of(word.begin(), word.end(), is_plain)) {
      return std::string_view(small_).substr(static_cast<std::size_t>(word.data() - text.data()), word.size());
    }
    return others_.emplace_back(fingerprint(word));
  }

  Words list_;
  std::string small_;                     ///< the text in small letters
  std::deque<std::string> others_;        ///< what stands not in it
  std::vector<std::string_view> folded_;  ///< by word
  bool title_ = false;
  bool german_ = false;
};

bool missing(const Wording& from, const Wording& in) {
  const std::vector<std::string> named = Reader(from.text).parties();
  if (named.empty()) return false;
  Words present = words(in.fingerprint);
  std::sort(present.begin(), present.end());
  const auto stands = [&](std::string_view word) { return std::binary_search(present.begin(), present.end(), word); };
  return std::any_of(named.begin(), named.end(), [&](const std::string& party) {
    const bool spelt_out = (party == "ltd" && stands("limited")) || (party == "limited" && stands("ltd")) ||
                           (party == "corp" && stands("corporation")) || (party == "corporation" && stands("corp"));
    return !stands(party) && !spelt_out;
  });
}

}  // namespace

bool party_differs(const Wording& before, const Wording& after) {
  return missing(before, after) || missing(after, before);
}

}  // namespace waydiff::diff
