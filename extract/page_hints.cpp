#include "extract/page_hints.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "extract/ascii.hpp"
#include "extract/inline_text.hpp"

namespace waydiff::extract {
namespace {

constexpr std::array<std::string_view, 9> reader_classes{
    "sr-only",      "sronly",      "visually-hidden",  "visuallyhidden", "screen-reader-text", "screen-reader-only",
    "screenreader", "a11y-hidden", "u-hidden-visually"};

constexpr std::array<std::string_view, 26> clutter_words{
    "sidebar", "menu",       "nav",        "navbar",  "navigation", "breadcrumb", "breadcrumbs", "share",   "sharing",
    "social",  "newsletter", "subscribe",  "related", "comments",   "footer",     "banner",      "promo",   "advert",
    "ads",     "toolbar",    "pagination", "popup",   "modal",      "offcanvas",  "copyright",   "masthead"};

constexpr std::array<std::string_view, 12> consent_names{"onetrust",   "cookiebot",  "didomi",        "usercentrics",
                                                         "moove_gdpr", "moove-gdpr", "cc-window",     "truste",
                                                         "qc-cmp",     "cookielaw",  "cookieconsent", "gdpr-consent"};

constexpr std::array<std::string_view, 12> box_words{"banner",  "bar",     "popup",        "modal",
                                                     "dialog",  "overlay", "notification", "consent",
                                                     "infobar", "alert",   "message",      "toast"};

/// Calls `use` with each word of "siteHeader-nav menu_2": cut at punctuation and where lower meets upper case.
template <class Use>
void for_each_word(std::string_view names, Use use) {
  std::string word;
  for (std::size_t i = 0; i <= names.size(); ++i) {
    const char c = i < names.size() ? names[i] : ' ';
    const bool upper = c >= 'A' && c <= 'Z';
    const bool after_lower = i > 0 && names[i - 1] >= 'a' && names[i - 1] <= 'z';
    if (!is_alpha(c) || (upper && after_lower)) {
      if (!word.empty()) use(std::string_view(word));
      word.clear();
    }
    if (is_alpha(c)) word.push_back(to_lower(c));
  }
}

template <class Names>
bool contains(const Names& names, std::string_view word) {
  return std::find(names.begin(), names.end(), word) != names.end();
}

std::string_view original_tag(const Node& node) {
  const GumboStringPiece& piece = node.source->v.element.original_tag;
  return {piece.data, piece.length};
}

// A button, a field, or a link that acts instead of leading somewhere: what consent is given with.
bool offers_a_choice(const HtmlTree& tree, NodeId id) {
  for (NodeId at = id + 1; at < tree[id].end; ++at) {
    const Node& node = tree[at];
    if (node.is_text) continue;
    if (node.tag == GUMBO_TAG_BUTTON || node.tag == GUMBO_TAG_INPUT || node.attribute("role") == "button") return true;
    const std::string_view href = trim(node.attribute("href"));
    if (node.tag == GUMBO_TAG_A && (href.empty() || href == "#" || starts_ignoring_case(href, "javascript:")))
      return true;
  }
  return false;
}

std::string short_text(const HtmlTree& tree, NodeId id) {
  return lower(tidy_text(tree.text_of(id)));
}

}  // namespace

bool is_screen_reader_label(const HtmlTree& tree, NodeId id) {
  const Node& node = tree[id];
  if (is_heading(node.tag) || node.tag == GUMBO_TAG_BODY) return false;
  std::string_view classes = node.attribute("class");
  while (!classes.empty()) {
    classes = trim(classes);
    const std::size_t end = std::min(classes.find_first_of(" \t\r\n"), classes.size());
    std::string_view name = classes.substr(0, end);
    classes.remove_prefix(end);
    // "md:sr-only" applies at some widths only; "a11y-visually-hidden" is the same under another name.
    if (const std::size_t colon = name.rfind(':'); colon != std::string_view::npos) name.remove_prefix(colon + 1);
    for (const std::string_view known : reader_classes) {
      const bool prefixed = name.size() > known.size() && name.ends_with(known) && !name.starts_with("not-") &&
                            !is_alnum(name[name.size() - known.size() - 1]);
      if (name == known || prefixed) return tree.text_of(id).size() < 120;
    }
  }
  return false;
}

bool is_hidden(const Node& node) {
  if (node.has_attribute("hidden")) return true;
  const std::string_view hidden = node.attribute("aria-hidden");
  if (hidden == "true") return true;
  const std::string_view style = node.attribute("style");
  if (style.empty()) return false;
  std::string packed;
  std::copy_if(style.begin(), style.end(), std::back_inserter(packed), [](char c) { return !is_space(c); });
  packed = lower(packed);
  return packed.find("display:none") != std::string::npos || packed.find("visibility:hidden") != std::string::npos;
}

bool is_dialog(const Node& node) {
  const std::string_view role = node.attribute("role");
  return role == "dialog" || role == "alertdialog" || role == "alert" || node.attribute("aria-modal") == "true" ||
         (node.tag == GUMBO_TAG_UNKNOWN && starts_ignoring_case(original_tag(node), "<dialog"));
}

ConsentName consent_name(const HtmlTree& tree, NodeId id) {
  const Node& node = tree[id];
  if (node.tag != GUMBO_TAG_DIV && node.tag != GUMBO_TAG_ASIDE && node.tag != GUMBO_TAG_SECTION &&
      node.tag != GUMBO_TAG_FORM && node.tag != GUMBO_TAG_UNKNOWN) {
    return ConsentName::none;
  }
  for (const char* const attribute : {"id", "class"}) {
    const std::string names = lower(node.attribute(attribute));
    if (names.empty()) continue;
    for (const std::string_view known : consent_names) {
      if (names.find(known) != std::string::npos) return ConsentName::vendor;
    }
    bool cookie = false;
    bool box = false;
    for_each_word(node.attribute(attribute), [&](std::string_view word) {
      cookie = cookie || word == "cookie" || word == "cookies" || word == "gdpr" || word == "consent";
      box = box || contains(box_words, word);
    });
    if (cookie && box && tree.text_of(id).size() < 3000) return ConsentName::words;
  }
  return ConsentName::none;
}

bool is_consent_box(const HtmlTree& tree, NodeId id) {
  const ConsentName name = consent_name(tree, id);
  return name == ConsentName::vendor || (name == ConsentName::words && offers_a_choice(tree, id));
}

bool has_clutter_name(const Node& node) {
  if (is_heading(node.tag) || node.tag == GUMBO_TAG_P) return false;
  bool found = false;
  for (const char* const attribute : {"id", "class"}) {
    for_each_word(node.attribute(attribute),
                  [&](std::string_view word) { found = found || contains(clutter_words, word); });
  }
  return found;
}

bool has_logo_name(const Node& node) {
  bool found = false;
  for (const char* const attribute : {"id", "class"}) {
    for_each_word(node.attribute(attribute), [&](std::string_view word) {
      found = found || word.starts_with("logo") || word == "brand" || word == "branding" || word == "slogan" ||
              word == "tagline" || word == "strapline";
    });
  }
  return found;
}

bool looks_like_date_line(const HtmlTree& tree, NodeId id, std::size_t text) {
  if (text == 0 || text > 120) return false;
  const std::string line = short_text(tree, id);
  if (std::none_of(line.begin(), line.end(), is_digit)) return false;
  for (const std::string_view word :
       {"updated", "effective", "revised",    "modified", "version",  "date",     "stand",
        "mise",    "gültig",    "in kraft",   "aktuali",  "actualiz", "atualiza", "aggiorna",
        "vigor",   "vigueur",   "bijgewerkt", "施行",     "改定",     "更新"}) {
    if (line.find(word) != std::string::npos) return true;
  }
  return false;
}

bool states_a_date(const HtmlTree& tree, NodeId id, std::size_t text) {
  if (text == 0 || text > 90) return false;
  const std::string line = short_text(tree, id);
  static constexpr std::array<std::string_view, 22> openings{"last updated",
                                                             "last revised",
                                                             "last modified",
                                                             "last reviewed",
                                                             "last update",
                                                             "updated",
                                                             "updated on",
                                                             "revised",
                                                             "effective",
                                                             "date of last",
                                                             "date last",
                                                             "this policy was",
                                                             "this page was last",
                                                             "version",
                                                             "stand:",
                                                             "gültig ab",
                                                             "in kraft",
                                                             "dernière mise à jour",
                                                             "última actualización",
                                                             "ultimo aggiornamento",
                                                             "最終更新",
                                                             "改定"};
  const bool opens = std::any_of(openings.begin(), openings.end(), [&](auto begin) { return line.starts_with(begin); });
  const auto is_year = [&](std::size_t i) {
    return (line.compare(i, 2, "19") == 0 || line.compare(i, 2, "20") == 0) && i + 4 <= line.size() &&
           is_digit(line[i + 2]) && is_digit(line[i + 3]) && (i == 0 || !is_digit(line[i - 1])) &&
           (i + 4 == line.size() || !is_digit(line[i + 4]));
  };
  if (!opens) return false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (is_year(i)) return true;
  }
  return false;
}

bool is_top_link(const HtmlTree& tree, NodeId id, std::size_t text) {
  if (text < 3 || text > 24) return false;
  std::string line = short_text(tree, id);
  while (!line.empty() && !is_alpha(line.front())) line.erase(0, 1);
  while (!line.empty() && !is_alpha(line.back())) line.pop_back();
  for (const std::string_view known :
       {"back to top", "return to top", "go to top", "top of page", "back to top of page", "scroll to top", "to top",
        "back to the top", "skip to content", "skip to main content", "print this page"}) {
    if (line == known) return true;
  }
  return false;
}

bool is_copyright_line(const HtmlTree& tree, NodeId id, std::size_t text) {
  if (text == 0 || text > 220) return false;
  const std::string line = short_text(tree, id);
  const bool mark = line.starts_with("\xC2\xA9") || line.starts_with("copyright") || line.starts_with("(c)");
  return mark && (std::any_of(line.begin(), line.end(), is_digit) || line.find("rights reserved") != std::string::npos);
}

bool is_imprint(const HtmlTree& tree, NodeId id, std::size_t text) {
  if (text > 1200) return false;
  const std::string all = lower(tree.text_of(id));
  return all.find("\xC2\xA9") != std::string::npos || all.find("copyright") != std::string::npos ||
         all.find("all rights reserved") != std::string::npos;
}

}  // namespace waydiff::extract
