#include "diff/json.hpp"

#include <array>
#include <boost/json.hpp>
#include <cstdio>
#include <optional>
#include <string>

namespace waydiff::diff {
namespace {

namespace json = boost::json;
using core::Change;
using core::ChangeKind;
using core::ClauseRange;
using core::Errc;

void append_string(std::string& out, std::string_view text) {
  out += json::serialize(json::string_view(text.data(), text.size()));
}

// Boost.JSON writes 0.91 as 9.1E-1; people read this.
void append_fraction(std::string& out, double value) {
  std::array<char, 32> buffer{};
  const int size = std::snprintf(buffer.data(), buffer.size(), "%.3g", value);
  out.append(buffer.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
}

void append_range(std::string& out, const std::optional<ClauseRange>& range) {
  if (!range) {
    out += "null";
    return;
  }
  out +=
      "{\"index\": " + std::to_string(range->index) + ", \"count\": " + std::to_string(range->count) + ", \"path\": ";
  out += strings_to_json(range->path);
  out += ", \"text\": ";
  append_string(out, range->text);
  out += "}";
}

void append_change(std::string& out, const Change& change) {
  out += "{\"kind\": ";
  append_string(out, core::name(change.kind));
  out += ", \"significance\": ";
  append_string(out, core::name(change.significance));
  out += ", \"reason\": ";
  append_string(out, change.reason);
  out += change.moved ? ", \"moved\": true" : ", \"moved\": false";
  out += ", \"similarity\": ";
  append_fraction(out, change.similarity);
  out += ", \"flags\": " + strings_to_json(change.flags) + ", \"old\": ";
  append_range(out, change.before);
  out += ", \"new\": ";
  append_range(out, change.after);
  if (change.before && change.after) out += ", \"ops\": " + ops_to_json(change.ops);
  out += "}";
}

core::Result<json::array> parse_array(std::string_view text, std::string_view what) {
  json::error_code error;
  json::value value = json::parse(json::string_view(text.data(), text.size()), error);
  if (error) return core::fail(Errc::bad_json, std::string(what) + ": " + error.message());
  if (!value.is_array()) return core::fail(Errc::bad_json, std::string(what) + ": not an array");
  return std::move(value.get_array());
}

}  // namespace

std::string to_json(const core::ChangeSet& set, std::string_view old_source, std::string_view new_source,
                    const std::function<bool(const core::Change&)>& shown) {
  std::string out = "{\"schema\": \"waydiff.diff/1\", \"old\": {\"source\": ";
  append_string(out, old_source);
  out += ", \"clauses\": " + std::to_string(set.before_clauses) + "}, \"new\": {\"source\": ";
  append_string(out, new_source);
  out += ", \"clauses\": " + std::to_string(set.after_clauses) + "}, \"changes\": [";
  std::array<std::size_t, 6> counts{};
  std::size_t editorial = 0, written = 0;
  for (const Change& change : set.changes) {
    ++counts[static_cast<std::size_t>(change.kind)];
    if (change.significance == core::Significance::editorial) ++editorial;
    if (shown && !shown(change)) continue;
    if (written++ > 0) out += ", ";
    append_change(out, change);
  }
  out += "], \"summary\": {\"unchanged\": " + std::to_string(set.unchanged);
  for (const ChangeKind kind : {ChangeKind::added, ChangeKind::removed, ChangeKind::modified, ChangeKind::moved,
                                ChangeKind::split, ChangeKind::merged}) {
    out.append(", \"").append(core::name(kind)).append("\": ") +=
        std::to_string(counts[static_cast<std::size_t>(kind)]);
  }
  out += ", \"editorial\": " + std::to_string(editorial);
  if (shown) out += ", \"shown\": " + std::to_string(written);
  out += "}";
  if (!set.notes.empty()) out += ", \"notes\": " + strings_to_json(set.notes);
  out += "}";
  return out;
}

std::string ops_to_json(const std::vector<core::WordOp>& ops) {
  std::string out = "[";
  for (const core::WordOp& op : ops) {
    if (out.size() > 1) out += ", ";
    out.append("[\"").append(1, op.op).append("\", ");
    append_string(out, op.text);
    out += "]";
  }
  return out + "]";
}

core::Result<std::vector<core::WordOp>> ops_from_json(std::string_view text) {
  const core::Result<json::array> array = parse_array(text, "word operations");
  if (!array) return tl::unexpected(array.error());
  std::vector<core::WordOp> ops;
  for (std::size_t i = 0; i < array->size(); ++i) {
    const json::array* pair = (*array)[i].if_array();
    const json::string* op = pair != nullptr && pair->size() == 2 ? (*pair)[0].if_string() : nullptr;
    const json::string* words = op != nullptr ? (*pair)[1].if_string() : nullptr;
    if (words == nullptr || (*op != "=" && *op != "-" && *op != "+")) {
      return core::fail(Errc::bad_json,
                        "word operations: entry " + std::to_string(i) + " is not [\"=\", \"-\" or \"+\", text]");
    }
    ops.push_back({op->front(), std::string(words->data(), words->size())});
  }
  return ops;
}

std::string strings_to_json(const std::vector<std::string>& strings) {
  std::string out = "[";
  for (const std::string& text : strings) {
    if (out.size() > 1) out += ", ";
    append_string(out, text);
  }
  return out + "]";
}

core::Result<std::vector<std::string>> strings_from_json(std::string_view text) {
  const core::Result<json::array> array = parse_array(text, "strings");
  if (!array) return tl::unexpected(array.error());
  std::vector<std::string> strings;
  for (std::size_t i = 0; i < array->size(); ++i) {
    const json::string* entry = (*array)[i].if_string();
    if (entry == nullptr) return core::fail(Errc::bad_json, "strings: entry " + std::to_string(i) + " is not a string");
    strings.emplace_back(entry->data(), entry->size());
  }
  return strings;
}

}  // namespace waydiff::diff
