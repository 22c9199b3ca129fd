#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace waydiff::core {

/// A stretch of a block with the same marks. Texts are NFC with spaces collapsed; "\n" is a hard line break.
struct Inline {
  std::string text;
  bool strong = false;
  bool emphasis = false;
  bool code = false;
  std::string href;  ///< absolute original address; empty for none

  friend bool operator==(const Inline&, const Inline&) = default;
};

enum class BlockKind { heading, paragraph, list_item, table_row, preformatted, rule };

/// One line of the Markdown form. Nested list items follow their parent with a greater level; further paragraphs
/// of an item are `paragraph` blocks whose level is the item's.
struct Block {
  BlockKind kind = BlockKind::paragraph;
  int level = 0;         ///< heading: 1-6; list item and what stands inside one: depth from 1; else 0
  bool ordered = false;  ///< list item
  int number = 0;        ///< ordered list item: the number shown; table row: the table's number in the document from 1
  bool header = false;   ///< table row: its cells are column heads
  bool quoted = false;   ///< stands in a block quotation
  std::vector<Inline> runs;                ///< all kinds but table_row and rule
  std::vector<std::vector<Inline>> cells;  ///< table_row

  friend bool operator==(const Block&, const Block&) = default;
};

/// Why a Document is not fit to compare.
enum class Quarantine {
  none,        ///< it is good
  http_error,  ///< archived 4xx or 5xx (decided by the pipeline, from the status)
  redirect,    ///< archived 3xx (likewise)
  block_page,
  soft_404,
  consent_wall,
  parked,
  empty,
  truncated,
  wrong_language,
  not_a_policy,
  unreadable,  ///< not a page of text: unknown type, over a limit, cannot be decoded
};
[[nodiscard]] std::string_view name(Quarantine reason) noexcept;  ///< "soft_404"

struct Verdict {
  Quarantine reason = Quarantine::none;
  double score = 1.0;  ///< 0-1, how sure
  std::string detail;  ///< the evidence, for a person
  [[nodiscard]] bool good() const noexcept { return reason == Quarantine::none; }
  friend bool operator==(const Verdict&, const Verdict&) = default;
};

/// A date the document gives of itself: {"effective", "2018-05-25", "Effective date: May 25, 2018"}.
struct StatedDate {
  std::string role;     ///< "updated", "effective" or "other"
  std::string date;     ///< YYYY-MM-DD
  std::string wording;  ///< as it stands in the text
  friend bool operator==(const StatedDate&, const StatedDate&) = default;
};

/// A body's clean text.
struct Document {
  std::string title;     ///< of the page (its <title>)
  std::string language;  ///< BCP 47, "en"; empty if unknown
  std::vector<Block> blocks;
  std::vector<StatedDate> dates;
  Verdict verdict;
  std::vector<std::string> notes;  ///< what was repaired or lost: "3 bytes were not UTF-8"

  friend bool operator==(const Document&, const Document&) = default;
};

}  // namespace waydiff::core
