#include "crawler/warc_scan.hpp"

#include <algorithm>
#include <functional>
#include <utility>

#include "core/digest.hpp"
#include "core/timestamp.hpp"
#include "core/url.hpp"
#include "crawler/http_message.hpp"
#include "crawler/warc_cdxj.hpp"

namespace waydiff::crawler {
namespace {

constexpr int records_a_step = 256;
constexpr std::uint64_t bytes_a_step = 32u << 20;
constexpr std::size_t head_limit = 64 * 1024;
constexpr std::size_t max_warnings = 200;

bool is_index_name(const std::filesystem::path& file) {
  const std::string name = file.filename().string();
  return name.ends_with(".cdxj") || name.ends_with(".cdx") || name.ends_with(".cdxj.gz") || name.ends_with(".cdx.gz");
}

/// The Wayback index has `http://mailto:…` and `http://data:…` rows: links that a crawler took for relative ones.
bool is_page_address(const std::string& original) {
  const auto url = core::Url::parse(original);
  if (!url || !(original.starts_with("http") || original.starts_with("HTTP"))) return false;
  const std::string_view rest = std::string_view(original).substr(std::min(original.find("//") + 2, original.size()));
  return original.find("://") != std::string::npos && !rest.starts_with("mailto:") && !rest.starts_with("data:");
}

std::size_t hash_of(std::string_view name) {
  return name.empty() ? 0 : std::hash<std::string_view>{}(name);
}

std::string lower(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
  return result;
}

/// One spelling for each file, so that index lines and records meet.
std::string path_of(const std::filesystem::path& file) {
  return file.lexically_normal().string();
}

}  // namespace

bool WarcScan::step() {
  if (done_) return false;
  if (reader_) {
    read_records();
  } else if (next_file_ < settings_.files.size()) {
    open_file();
  } else {
    finish();
  }
  return !done_;
}

void WarcScan::open_file() {
  const std::filesystem::path& path = settings_.files[next_file_++];
  ++index_.files_;
  file_ = path_of(path);
  shared_member_said_ = false;
  records_of_file_ = 0;
  if (is_index_name(path)) {
    read_cdxj(path);
    return;
  }
  auto reader = WarcReader::open(path);
  if (!reader) {
    fail(reader.error());
    return;
  }
  reader_.emplace(std::move(*reader));
}

void WarcScan::read_records() {
  const std::uint64_t begun = reader_->stream().position();
  for (int i = 0; i < records_a_step && reader_->stream().position() - begun < bytes_a_step; ++i) {
    const auto more = read_record();
    if (more && *more) continue;
    if (!more) {
      warn(more.error().detail);
      const auto recovered = more.error().code == core::Errc::io ? core::Result<bool>(false) : reader_->recover();
      if (more.error().code == core::Errc::io || !recovered) {
        fail(more.error());
      } else if (*recovered) {
        if (reader_->stream().position() < begun) return;
        continue;
      }
    }
    if (records_of_file_ == 0 && reader_->stream().size() > 0) {
      fail({core::Errc::bad_warc, file_ + ": no WARC record in it"});
    }
    reader_.reset();
    return;
  }
}

core::Result<bool> WarcScan::read_record() {
  auto next = reader_->next();
  if (!next) {
    // Nobody can say whose record this was: what is listed may not be all there is.
    if (!index_.problem_) index_.problem_ = next.error();
    return tl::unexpected(next.error());
  }
  if (!*next) return false;
  const WarcRecord& record = **next;
  ++records_of_file_;
  if (record.skip > 0 && !std::exchange(shared_member_said_, true)) {
    warn(file_ + ": several records in one gzip member: each is read from the member's start, which is slow");
  }

  const std::string type = lower(record.type());
  const bool response = type == "response" || type == "revisit" || type == "resource";
  std::string block;
  std::optional<core::Error> damage;
  if (response || type == "request") {
    auto head = read_head_of_block(record);
    if (head) {
      block = std::move(*head);
    } else {
      damage = head.error();
    }
  }
  std::optional<std::uint64_t> stored;
  if (!damage) {
    const auto finished = reader_->finish();
    if (finished) {
      stored = *finished;
    } else {
      damage = finished.error();
    }
  }
  if (type == "request") note_method(record, block);
  if (response) {
    WarcEntry entry;
    entry.skip = record.skip;
    entry.place = damage ? WarcPlace::damaged : WarcPlace::record;
    entry.record_id = hash_of(record.field("WARC-Record-ID"));
    entry.concurrent_to = hash_of(record.field("WARC-Concurrent-To"));
    entry.capture.file = file_;
    entry.capture.offset = static_cast<std::int64_t>(record.offset);
    if (stored) entry.capture.length = static_cast<std::int64_t>(*stored);
    if (type == "revisit") entry.capture.mime = "warc/revisit";
    take_response(std::move(entry), record, std::move(block));
  }
  if (damage) return tl::unexpected(*damage);
  return true;
}

core::Result<std::string> WarcScan::read_head_of_block(const WarcRecord& record) {
  // A record without a usable SHA-1 gets ours, so that its capture has an identity: that needs the whole block.
  const bool whole =
      core::normal_sha1(record.field("WARC-Payload-Digest")).empty() && lower(record.type()) != "request";
  const std::size_t limit = whole && record.length <= settings_.max_body ? settings_.max_body : head_limit;
  return reader_->read_up_to(limit);
}

void WarcScan::take_response(WarcEntry entry, const WarcRecord& record, std::string block) {
  core::Capture& capture = entry.capture;
  const std::string type = lower(record.field("Content-Type"));
  const bool bare = lower(record.type()) == "resource";
  const bool http = type.empty() || type.starts_with("application/http");
  if (!bare && !http) return;  // dns:, ftp: and the like
  capture.original = record.target();
  if (!is_page_address(capture.original)) {
    drop(capture.original, "not_http");
    return;
  }
  const auto date = core::Timestamp::parse_iso(record.field("WARC-Date"));
  if (!date) {
    drop(capture.original, "malformed");
    warn(file_ + ": offset " + std::to_string(record.offset) + ": WARC-Date \"" +
         std::string(record.field("WARC-Date")) + "\" is no date");
    return;
  }
  capture.timestamp = *date;
  capture.raw_timestamp = date->digits();
  capture.urlkey = core::url_key(capture.original);
  capture.digest = core::normal_sha1(record.field("WARC-Payload-Digest"));

  std::string_view payload = block;
  std::optional<HttpHead> head;
  if (!bare) head = parse_http_head(block);
  if (head) payload.remove_prefix(head->size);
  if (!capture.is_revisit()) {
    if (bare) {
      capture.status = 200;
      capture.mime = type.substr(0, type.find(';'));
    } else if (head) {
      capture.status = head->status;
      capture.mime = head->mime();
    }
    if (capture.digest.empty() && block.size() == record.length) {
      const bool chunked = head && lower(head->fields.all("Transfer-Encoding")).find("chunked") != std::string::npos;
      capture.digest = core::sha1_base32(chunked ? dechunk(std::string(payload)).body : std::string(payload));
    }
  }
  add(std::move(entry));
}

void WarcScan::note_method(const WarcRecord& record, std::string_view block) {
  const std::string_view method = block.substr(0, block.find(' '));
  if (method.empty() || method == "GET" || method.size() > 16) return;
  not_get_.insert(hash_of(record.field("WARC-Record-ID")));
  not_get_.insert(hash_of(record.field("WARC-Concurrent-To")));
  not_get_.erase(0);
}

void WarcScan::add(WarcEntry entry) {
  index_.entries_.push_back(std::move(entry));
}

void WarcScan::drop(const std::string& original, const char* reason) {
  ++index_.dropped_[core::url_key(original)][reason];
}

void WarcScan::fail(core::Error error) {
  warn(error.detail);
  // A file that is not there weighs more than a record that cannot be read.
  const bool graver = error.code == core::Errc::io && index_.problem_ && index_.problem_->code != core::Errc::io;
  if (!index_.problem_ || graver) index_.problem_ = std::move(error);
}

void WarcScan::warn(std::string text) {
  if (std::ranges::find(index_.warnings_, text) != index_.warnings_.end()) return;
  if (index_.warnings_.size() < max_warnings)
    index_.warnings_.push_back(std::move(text));
  else if (index_.warnings_.size() == max_warnings)
    index_.warnings_.emplace_back("further warnings are left out");
}

void WarcScan::read_cdxj(const std::filesystem::path& file) {
  auto stream = GzipStream::open(file);
  if (!stream) {
    fail(stream.error());
    return;
  }
  std::string pending;
  std::string legend;
  std::string chunk(64 * 1024, '\0');
  std::size_t line_number = 0;
  const auto take_line = [&](std::string_view line) {
    ++line_number;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.starts_with(" CDX ")) legend = line;
    if (line.empty() || line.starts_with(" CDX ") || line.starts_with('!') || line.starts_with('#')) return;
    const auto row = legend.empty() ? parse_cdxj_line(line) : parse_cdx_line(line, legend);
    if (row) {
      take_cdx_line(file.parent_path(), *row);
    } else {
      warn(file_ + ": line " + std::to_string(line_number) + ": no index line: " + std::string(line.substr(0, 80)));
    }
  };
  while (true) {
    const auto got = stream->read(chunk);
    if (!got) {
      fail(got.error());
      return;
    }
    if (*got == 0) {
      const auto more = stream->next_member();
      if (!more) fail(more.error());
      if (!more || !*more) break;
      continue;
    }
    pending.append(chunk, 0, *got);
    std::size_t start = 0;
    for (std::size_t end = pending.find('\n'); end != std::string::npos; end = pending.find('\n', start)) {
      take_line(std::string_view(pending).substr(start, end - start));
      start = end + 1;
    }
    pending.erase(0, start);
    if (pending.size() > (8u << 20)) {
      fail({core::Errc::bad_cdx, file_ + ": line " + std::to_string(line_number + 1) + ": over 8 MiB"});
      return;
    }
  }
  if (!pending.empty()) take_line(pending);
}

void WarcScan::take_cdx_line(const std::filesystem::path& folder, const CdxLine& row) {
  if (!is_page_address(row.url)) {
    drop(row.url, "not_http");
    return;
  }
  const auto time = core::Timestamp::parse(row.timestamp);
  if (!time) {
    drop(row.url, "malformed");
    return;
  }
  WarcEntry entry;
  entry.place = WarcPlace::listed;
  entry.capture.urlkey = core::url_key(row.url);
  entry.capture.raw_timestamp = row.timestamp;
  entry.capture.timestamp = *time;
  entry.capture.original = row.url;
  entry.capture.mime = row.mime == "unk" ? std::string{} : row.mime;
  entry.capture.status = entry.capture.is_revisit() ? std::nullopt : row.status;
  entry.capture.digest = core::normal_sha1(row.digest);
  entry.capture.length = row.length;
  std::error_code error;
  if (row.offset && !row.filename.empty()) {
    const std::filesystem::path named = folder / row.filename;
    if (std::filesystem::is_regular_file(named, error)) {
      entry.capture.file = path_of(named);
      entry.capture.offset = static_cast<std::int64_t>(*row.offset);
    }
  }
  add(std::move(entry));
}

void WarcScan::finish() {
  std::erase_if(index_.entries_, [&](const WarcEntry& entry) {
    const bool other = not_get_.contains(entry.record_id) || not_get_.contains(entry.concurrent_to);
    if (other) drop(entry.capture.original, "not_get");
    return other;
  });
  index_.arrange();
  done_ = true;
}

}  // namespace waydiff::crawler
