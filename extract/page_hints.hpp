#pragma once

#include "extract/html_tree.hpp"

namespace waydiff::extract {

// What single elements say of themselves. Hints, not proofs: callers ask for the prose they hold first.

/// A label for screen readers only ("opens in a new window"): by its class, and short.
[[nodiscard]] bool is_screen_reader_label(const HtmlTree& tree, NodeId id);
[[nodiscard]] bool is_hidden(const Node& node);
[[nodiscard]] bool is_dialog(const Node& node);
/// A cookie or consent banner: its id or class says so, and it is a known vendor's or has a button.
[[nodiscard]] bool is_consent_box(const HtmlTree& tree, NodeId id);
/// What an element's id or class says of cookies and consent: nothing, words such as "cookie-bar", a vendor's name.
enum class ConsentName { none, words, vendor };
[[nodiscard]] ConsentName consent_name(const HtmlTree& tree, NodeId id);
/// The class or id has a word such as "sidebar", "menu", "share", "breadcrumbs".
[[nodiscard]] bool has_clutter_name(const Node& node);
/// The class or id has a word such as "logo", "brand", "slogan".
[[nodiscard]] bool has_logo_name(const Node& node);
/// "Last updated: 1 May 2018". `text`: bytes of text it holds; long ones are none.
[[nodiscard]] bool looks_like_date_line(const HtmlTree& tree, NodeId id, std::size_t text);
/// The same, strictly: begins with such words and names a year. "Effective date: 1 March 2021".
[[nodiscard]] bool states_a_date(const HtmlTree& tree, NodeId id, std::size_t text);
/// "Back to top", alone in its element.
[[nodiscard]] bool is_top_link(const HtmlTree& tree, NodeId id, std::size_t text);
/// "© 2009 Example Inc. All rights reserved."
[[nodiscard]] bool is_copyright_line(const HtmlTree& tree, NodeId id, std::size_t text);
/// The same with more beside it, in an element of up to 1,200 bytes.
[[nodiscard]] bool is_imprint(const HtmlTree& tree, NodeId id, std::size_t text);

}  // namespace waydiff::extract
