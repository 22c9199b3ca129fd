#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace waydiff::test {

struct FakeAnswer;

/// What goes wrong with one request.
enum class Misdeed {
  none,
  too_many,             ///< 429 as a page, without Retry-After
  too_many_with_delay,  ///< 429 with Retry-After
  unavailable,          ///< 503
  gateway,              ///< 504
  page,                 ///< 200 with a page of the archive's own
  empty,                ///< 200 without a body and without Memento-Datetime; of the index: half its rows
  ban,                  ///< reset, and connections are refused for a while
  close,                ///< an orderly end instead of an answer
  reset_before,         ///< reset instead of an answer
  reset_in_head,        ///< reset within the header lines
  reset_in_body,        ///< reset after half the body
  cut_body,             ///< an orderly end after half the body
  cut_rows,             ///< of the index: half the rows, well framed; of playback: cut_body
  long_length,          ///< Content-Length says more than there is
  wrong_length,         ///< Content-Length is no number
  garbage,              ///< bytes that are not HTTP
  garbled_chunks,       ///< chunked, and a chunk's size is no number
  stall,                ///< nothing for ten seconds, then an end
  drip,                 ///< the right answer in small pieces with pauses
  gzip_lie,             ///< the right answer, called gzip where it is not, or not called so where it is
  repeated_rows,        ///< the right answer of the index with each row twice; of playback: drip
};
[[nodiscard]] std::string_view name(Misdeed misdeed);

/// True when a client can make the right thing of it: the answer came, oddly.
[[nodiscard]] bool is_harmless(Misdeed misdeed);

struct Fault {
  Misdeed kind = Misdeed::none;
  int amount = 0;  ///< seconds of a Retry-After, milliseconds of a ban
};

/// When an archive misbehaves, and how: a pure function of a seed and of the request. An address misbehaves only the
/// first few times it is asked for, and storms and bans strike a few requests only, so that whoever asks again gets
/// everything in the end.
class FaultPlan {
 public:
  explicit FaultPlan(std::uint64_t seed) : seed_(seed) {}
  /// Each address meets `fault` when it is asked for the first time, and nothing else ever.
  explicit FaultPlan(Fault first) : first_(first) {}

  /// The fate of the archive's request number `number`, which is the `nth` one of its address; both from 1.
  [[nodiscard]] Fault fate(std::size_t number, std::string_view address, int nth) const;

  /// What counts as one address: a playback target; an index query without its range, limit and resume key.
  [[nodiscard]] static std::string address_of(std::string_view target);

 private:
  std::uint64_t seed_ = 0;
  std::optional<Fault> first_;
};

/// An answer as bytes with pauses.
struct WireScript {
  struct Piece {
    std::chrono::milliseconds before{0};  ///< pause
    std::string bytes;
  };
  enum class End { keep_open, close, reset };

  std::vector<Piece> pieces;
  std::chrono::milliseconds pause_at_end{0};
  End end = End::keep_open;
};

/// How `fault` makes the right answer look. A ban is a reset here: to refuse connections is up to the server.
[[nodiscard]] WireScript spoiled(const Fault& fault, FakeAnswer right, bool index);

}  // namespace waydiff::test
