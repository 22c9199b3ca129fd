#include "recorded.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <zlib.h>

#include <fstream>

#include "core/digest.hpp"

namespace waydiff::crawler::recorded {

std::string record(std::string_view type, std::string_view url, std::string_view date, std::string_view block,
                   std::string_view fields) {
  std::string text = "WARC/1.1\r\nWARC-Type: ";
  text.append(type).append("\r\nWARC-Date: ").append(date).append("\r\n");
  if (!url.empty()) text.append("WARC-Target-URI: ").append(url).append("\r\n");
  text.append(fields).append("Content-Length: ").append(std::to_string(block.size())).append("\r\n\r\n");
  return text.append(block).append("\r\n\r\n");
}

std::string response(std::string_view url, std::string_view date, std::string_view http, std::string_view payload) {
  return record("response", url, date, http,
                "Content-Type: application/http; msgtype=response\r\nWARC-Payload-Digest: sha1:" +
                    core::sha1_base32(payload) + "\r\n");
}

std::string page(std::string_view url, std::string_view date, std::string_view body) {
  return response(url, date, "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + std::string(body),
                  body);
}

std::string gzip(std::string_view bytes) {
  z_stream stream{};
  deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  std::string packed(deflateBound(&stream, bytes.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

Folder::Folder() {
  std::string name = (std::filesystem::temp_directory_path() / "waydiff-warc-XXXXXX").string();
  path_ = mkdtemp(name.data());
}

Folder::~Folder() {
  std::error_code error;
  std::filesystem::remove_all(path_, error);
}

std::filesystem::path Folder::write(const std::string& name, std::string_view bytes) const {
  std::ofstream(path_ / name, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  return path_ / name;
}

Listing listed(Archive& archive, std::string url, std::string from, std::string to) {
  ListQuery query{std::move(url), std::move(from), std::move(to)};
  auto listing = run(archive.list(std::move(query)));
  if (!listing) ADD_FAILURE() << listing.error().detail;
  return listing ? std::move(*listing) : Listing{};
}

std::vector<std::string> shown(const Listing& listing) {
  std::vector<std::string> lines;
  for (const core::Capture& capture : listing.captures) lines.push_back(capture.raw_timestamp + " " + capture.original);
  return lines;
}

}  // namespace waydiff::crawler::recorded
