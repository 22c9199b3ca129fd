#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <exception>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"
#include "crawler/warc_archive.hpp"

namespace waydiff::crawler::recorded {

/// One WARC record with its end; `fields` are whole lines with CRLF.
std::string record(std::string_view type, std::string_view url, std::string_view date, std::string_view block,
                   std::string_view fields = {});

/// A response of `http` ("HTTP/1.1 200 OK\r\n…\r\n\r\nbody") with the digest of `payload`.
std::string response(std::string_view url, std::string_view date, std::string_view http, std::string_view payload);

/// "HTTP/1.1 200 OK", text/html, and the body.
std::string page(std::string_view url, std::string_view date, std::string_view body);

std::string gzip(std::string_view bytes);

/// A folder that goes with the test.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::filesystem::path write(const std::string& name, std::string_view bytes) const;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// Runs one coroutine to its end.
template <class T>
T run(boost::asio::awaitable<T> work) {
  boost::asio::io_context io;
  std::optional<T> result;
  std::exception_ptr thrown;
  boost::asio::co_spawn(io, std::move(work), [&](std::exception_ptr error, T value) {
    thrown = error;
    result.emplace(std::move(value));
  });
  io.run();
  if (thrown) std::rethrow_exception(thrown);
  return std::move(*result);
}

/// A listing of `url` that must succeed.
Listing listed(Archive& archive, std::string url, std::string from = {}, std::string to = {});

/// "TIMESTAMP ORIGINAL" of each capture.
std::vector<std::string> shown(const Listing& listing);

}  // namespace waydiff::crawler::recorded
