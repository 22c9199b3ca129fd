#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace waydiff::report {

/// Archive text made fit to print anywhere: bytes that are not UTF-8, control characters and the invisible ones that
/// reorder text (bidi embeddings and overrides) become U+FFFD; line breaks and tabs become spaces.
[[nodiscard]] std::string visible(std::string_view text);

/// `visible`, with every character that could start Markdown or HTML escaped, wherever in a line it stands.
[[nodiscard]] std::string markdown_escaped(std::string_view text);

/// The address with what breaks out of an attribute escaped; empty unless it is an http or https one. All that is ever
/// put in an href passes through here: an archived "javascript:" must stay text.
[[nodiscard]] std::string web_link(std::string_view address);

/// "[text](address)", or the bare text where the address is no web_link.
[[nodiscard]] std::string markdown_link(std::string_view text, std::string_view address);

/// At most about `limit` bytes of the start (or end) of a text, cut between words, with "…" where it was cut.
[[nodiscard]] std::string start_of(std::string_view text, std::size_t limit);
[[nodiscard]] std::string end_of(std::string_view text, std::size_t limit);

/// "Cookies › Third parties"; empty for no path.
[[nodiscard]] std::string path_text(const std::vector<std::string>& path);

/// "1 capture", "2 captures": with the plural made by "s".
[[nodiscard]] std::string counted(std::size_t count, std::string_view noun);

}  // namespace waydiff::report
