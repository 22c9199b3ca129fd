#include <boost/json.hpp>
#include <string>

#include "extract/render.hpp"

namespace waydiff::extract {
namespace {

namespace json = boost::json;
using core::Block;
using core::BlockKind;
using core::Document;
using core::Inline;

constexpr std::string_view schema = "waydiff.document/1";

constexpr std::pair<BlockKind, std::string_view> kinds[] = {
    {BlockKind::heading, "heading"},     {BlockKind::paragraph, "paragraph"},       {BlockKind::list_item, "list_item"},
    {BlockKind::table_row, "table_row"}, {BlockKind::preformatted, "preformatted"}, {BlockKind::rule, "rule"}};

constexpr core::Quarantine reasons[] = {
    core::Quarantine::none,           core::Quarantine::http_error,   core::Quarantine::redirect,
    core::Quarantine::block_page,     core::Quarantine::soft_404,     core::Quarantine::consent_wall,
    core::Quarantine::parked,         core::Quarantine::empty,        core::Quarantine::truncated,
    core::Quarantine::wrong_language, core::Quarantine::not_a_policy, core::Quarantine::unreadable};

// Only what differs from the default is written: most runs are plain.
json::array runs_to_json(const std::vector<Inline>& runs) {
  json::array array;
  for (const Inline& run : runs) {
    json::object object{{"text", run.text}};
    if (run.strong) object["strong"] = true;
    if (run.emphasis) object["emphasis"] = true;
    if (run.code) object["code"] = true;
    if (!run.href.empty()) object["href"] = run.href;
    array.push_back(std::move(object));
  }
  return array;
}

json::object block_to_json(const Block& block) {
  json::object object;
  for (const auto& [kind, text] : kinds) {
    if (kind == block.kind) object["kind"] = text;
  }
  if (block.level != 0) object["level"] = block.level;
  if (block.ordered) object["ordered"] = true;
  if (block.number != 0) object["number"] = block.number;
  if (block.header) object["header"] = true;
  if (block.quoted) object["quoted"] = true;
  if (!block.runs.empty()) object["runs"] = runs_to_json(block.runs);
  if (!block.cells.empty()) {
    json::array cells;
    for (const auto& cell : block.cells) cells.push_back(runs_to_json(cell));
    object["cells"] = std::move(cells);
  }
  return object;
}

/// Reads members of one object; remembers whether any had the wrong type.
class Members {
 public:
  Members(const json::value& value, bool& ok) : object_(value.if_object()), ok_(ok) {
    if (object_ == nullptr) ok_ = false;
  }

  std::string text(std::string_view key) const {
    const json::value* const value = find(key);
    if (value == nullptr) return {};
    const json::string* const text = value->if_string();
    if (text == nullptr) ok_ = false;
    return text == nullptr ? std::string() : std::string(text->data(), text->size());
  }
  bool flag(std::string_view key) const {
    const json::value* const value = find(key);
    if (value == nullptr) return false;
    const bool* const flag = value->if_bool();
    if (flag == nullptr) ok_ = false;
    return flag != nullptr && *flag;
  }
  int number(std::string_view key) const {
    const json::value* const value = find(key);
    if (value == nullptr) return 0;
    boost::json::error_code error;
    const int number = value->to_number<int>(error);
    if (error) ok_ = false;
    return error ? 0 : number;
  }
  double real(std::string_view key, double otherwise) const {
    const json::value* const value = find(key);
    if (value == nullptr) return otherwise;
    boost::json::error_code error;
    const auto number = value->to_number<double>(error);
    if (error) ok_ = false;
    return error ? otherwise : number;
  }
  template <class Use>
  void each(std::string_view key, Use use) const {
    const json::value* const value = find(key);
    if (value == nullptr) return;
    const json::array* const array = value->if_array();
    if (array == nullptr) {
      ok_ = false;
      return;
    }
    for (const json::value& member : *array) use(member);
  }
  [[nodiscard]] const json::value* find(std::string_view key) const {
    return object_ == nullptr ? nullptr : object_->if_contains(key);
  }

 private:
  const json::object* object_;
  bool& ok_;
};

Inline run_from(const json::value& value, bool& ok) {
  const Members members(value, ok);
  return {members.text("text"), members.flag("strong"), members.flag("emphasis"), members.flag("code"),
          members.text("href")};
}

Block block_from(const json::value& value, bool& ok) {
  const Members members(value, ok);
  Block block;
  const std::string kind = members.text("kind");
  bool known = false;
  for (const auto& [candidate, text] : kinds) {
    if (text != kind) continue;
    block.kind = candidate;
    known = true;
  }
  ok = ok && known;
  block.level = members.number("level");
  block.ordered = members.flag("ordered");
  block.number = members.number("number");
  block.header = members.flag("header");
  block.quoted = members.flag("quoted");
  members.each("runs", [&](const json::value& run) { block.runs.push_back(run_from(run, ok)); });
  members.each("cells", [&](const json::value& cell) {
    const json::array* const runs = cell.if_array();
    ok = ok && runs != nullptr;
    block.cells.emplace_back();
    if (runs == nullptr) return;
    for (const json::value& run : *runs) block.cells.back().push_back(run_from(run, ok));
  });
  return block;
}

}  // namespace

std::string to_json(const Document& document) {
  json::array blocks;
  for (const Block& block : document.blocks) blocks.push_back(block_to_json(block));
  json::array dates;
  for (const core::StatedDate& date : document.dates) {
    dates.push_back(json::object{{"role", date.role}, {"date", date.date}, {"wording", date.wording}});
  }
  json::object object{{"schema", schema},
                      {"title", document.title},
                      {"language", document.language},
                      {"verdict", json::object{{"reason", core::name(document.verdict.reason)},
                                               {"score", document.verdict.score},
                                               {"detail", document.verdict.detail}}},
                      {"dates", std::move(dates)},
                      {"notes", json::array(document.notes.begin(), document.notes.end())},
                      {"blocks", std::move(blocks)}};
  return json::serialize(object);
}

core::Result<Document> from_json(std::string_view text) {
  boost::json::error_code error;
  const json::value value = json::parse({text.data(), text.size()}, error);
  if (error) return core::fail(core::Errc::bad_json, "document: " + error.message());
  bool ok = true;
  const Members members(value, ok);
  if (members.text("schema") != schema) {
    return core::fail(core::Errc::bad_json, "document: schema is not " + std::string(schema));
  }
  Document document;
  document.title = members.text("title");
  document.language = members.text("language");
  if (const json::value* const verdict = members.find("verdict")) {
    const Members inner(*verdict, ok);
    const std::string reason = inner.text("reason");
    bool known = false;
    for (const core::Quarantine candidate : reasons) {
      if (core::name(candidate) != reason) continue;
      document.verdict.reason = candidate;
      known = true;
    }
    ok = ok && known;
    document.verdict.score = inner.real("score", 1.0);
    document.verdict.detail = inner.text("detail");
  }
  members.each("dates", [&](const json::value& date) {
    const Members inner(date, ok);
    document.dates.push_back({inner.text("role"), inner.text("date"), inner.text("wording")});
  });
  members.each("notes", [&](const json::value& note) {
    ok = ok && note.is_string();
    if (note.is_string()) document.notes.emplace_back(note.get_string().data(), note.get_string().size());
  });
  members.each("blocks", [&](const json::value& block) { document.blocks.push_back(block_from(block, ok)); });
  if (!ok) return core::fail(core::Errc::bad_json, "document: a member is missing or has the wrong type");
  return document;
}

}  // namespace waydiff::extract
