#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace waydiff::core {

/// The kind of targets whose captures are kept for their links alone: no text is made of them, no report shows them.
inline constexpr std::string_view home_page_kind = "home page";

/// Where on a page a link stands.
enum class LinkPlace { head, navigation, body, footer };

/// A link of a page.
struct PageLink {
  std::string url;   ///< absolute original address, with its fragment
  std::string text;  ///< one line, NFC; of an image its alternative text; may be empty
  LinkPlace place = LinkPlace::body;
  std::string rel;       ///< as written: "nofollow privacy-policy"
  bool label = false;    ///< `text` is not shown but alt, title or aria-label
  bool frame = false;    ///< a page shown inside this one
  bool consent = false;  ///< stands in a cookie banner
  bool story = false;    ///< a headline, or stands in an article: rather news than a notice

  friend bool operator==(const PageLink&, const PageLink&) = default;
};

/// What a page says of other addresses, and of its own.
struct PageLinks {
  std::vector<PageLink> links;  ///< in the order of the page
  std::string url;              ///< address the links were made absolute with
  std::string canonical;        ///< its own address, by <link rel="canonical">; empty for none
  std::string forwards_to;      ///< where <meta http-equiv="refresh"> sends the reader; empty for none
  std::string language;         ///< as declared, "de" or "de-AT"; empty if it is not
  bool cut = false;             ///< there were more links than are kept
};

}  // namespace waydiff::core
