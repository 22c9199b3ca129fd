#include "support/faults.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "support/fake_answers.hpp"

namespace waydiff::test {
namespace {

using std::chrono::milliseconds;
using End = WireScript::End;

/// Storms and bans begin among the first so many requests.
constexpr std::uint64_t eventful_requests = 160;
constexpr milliseconds stall_time{10000};

std::uint64_t mixed(std::uint64_t x) {
  // Steele, Lea, Flood 2014 (splitmix64): every bit of the seed reaches every bit of the result.
  x += 0x9e3779b97f4a7c15u;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}

std::uint64_t hashed(std::uint64_t seed, std::string_view text) {
  std::uint64_t hash = mixed(seed);
  for (const char c : text) hash = mixed(hash ^ static_cast<unsigned char>(c));
  return hash;
}

struct Weight {
  Misdeed kind;
  unsigned weight;
};

constexpr std::array<Weight, 18> weights = {{{Misdeed::too_many, 2},
                                             {Misdeed::too_many_with_delay, 2},
                                             {Misdeed::unavailable, 8},
                                             {Misdeed::gateway, 6},
                                             {Misdeed::page, 8},
                                             {Misdeed::empty, 6},
                                             {Misdeed::close, 6},
                                             {Misdeed::reset_before, 6},
                                             {Misdeed::reset_in_head, 6},
                                             {Misdeed::reset_in_body, 8},
                                             {Misdeed::cut_body, 8},
                                             {Misdeed::cut_rows, 8},
                                             {Misdeed::long_length, 6},
                                             {Misdeed::wrong_length, 5},
                                             {Misdeed::garbage, 6},
                                             {Misdeed::garbled_chunks, 6},
                                             {Misdeed::drip, 8},
                                             {Misdeed::gzip_lie, 8}}};

Misdeed chosen(std::uint64_t hash) {
  if (hash % 97 == 0) return Misdeed::stall;
  if (hash % 13 == 0) return Misdeed::repeated_rows;
  unsigned total = 0;
  for (const Weight& w : weights) total += w.weight;
  auto left = static_cast<unsigned>((hash >> 20) % total);
  for (const Weight& w : weights) {
    if (left < w.weight) return w.kind;
    left -= w.weight;
  }
  return Misdeed::none;
}

/// How often an address misbehaves: most never, a few more often than a client tries.
int bad_tries(std::uint64_t hash) {
  const auto roll = hash % 100;
  return roll < 62 ? 0 : roll < 84 ? 1 : roll < 92 ? 2 : roll < 97 ? 3 : 5;
}

FakeAnswer too_many(int delay) {
  FakeAnswer answer{
      429, {{"Content-Type", "text/html"}}, "<html><body><h1>429 Too Many Requests</h1></body></html>\n", false};
  if (delay > 0) answer.headers.emplace_back("Retry-After", std::to_string(delay));
  return answer;
}

FakeAnswer page(int status) {
  return {status, {{"Content-Type", "text/html"}}, "<html><body><h1>We will be back soon</h1></body></html>\n", false};
}

/// Each row twice but the one with the names of the columns, which stands alone on the first line.
std::string doubled_rows(const std::string& body) {
  std::string result;
  std::size_t at = 0;
  bool first = true;
  while (at < body.size()) {
    const std::size_t end = std::min(body.find('\n', at), body.size() - 1) + 1;
    const std::string line = body.substr(at, end - at);
    result += line;
    if (!first && line.starts_with("[\"") && line.ends_with("],\n") && line.find("\",\"") != std::string::npos) {
      result += line;
    }
    first = false;
    at = end;
  }
  return result;
}

void relabel(FakeAnswer& answer) {
  const auto is_coding = [](const auto& header) { return header.first == "Content-Encoding"; };
  if (std::erase_if(answer.headers, is_coding) == 0) answer.headers.emplace_back("Content-Encoding", "gzip");
}

WireScript whole(const FakeAnswer& answer, End end = End::keep_open) {
  std::size_t body_at = 0;
  WireScript script;
  script.pieces.push_back({milliseconds(0), wire_form(answer, body_at)});
  script.end = end;
  return script;
}

WireScript part(const FakeAnswer& answer, bool head_only, End end) {
  std::size_t body_at = 0;
  std::string wire = wire_form(answer, body_at);
  wire.resize(head_only ? body_at / 2 : body_at + (wire.size() - body_at) / 2);
  WireScript script;
  script.pieces.push_back({milliseconds(0), std::move(wire)});
  // A reset overtakes what was sent just before it: give that time to arrive.
  if (end == End::reset) script.pause_at_end = milliseconds(3);
  script.end = end;
  return script;
}

WireScript dripping(const FakeAnswer& answer) {
  constexpr std::size_t drops = 12;
  std::size_t body_at = 0;
  const std::string wire = wire_form(answer, body_at);
  const std::size_t size = wire.size() / drops + 1;
  WireScript script;
  for (std::size_t at = 0; at < wire.size(); at += size) {
    script.pieces.push_back({milliseconds(4), wire.substr(at, size)});
  }
  return script;
}

WireScript with_length(FakeAnswer answer, const std::string& length) {
  answer.chunked = false;
  std::size_t body_at = 0;
  std::string wire = wire_form(answer, body_at);
  const std::string_view label = "Content-Length: ";
  const std::size_t begin = wire.find(label) + label.size();
  wire.replace(begin, wire.find("\r\n", begin) - begin, length);
  return {{{milliseconds(0), std::move(wire)}}, milliseconds(0), End::close};
}

WireScript garbled_chunks(FakeAnswer answer) {
  answer.chunked = true;
  std::size_t body_at = 0;
  std::string wire = wire_form(answer, body_at);
  wire.insert(body_at, "zebra;");
  return {{{milliseconds(0), std::move(wire)}}, milliseconds(0), End::close};
}

}  // namespace

std::string_view name(Misdeed misdeed) {
  switch (misdeed) {
    case Misdeed::none:
      return "none";
    case Misdeed::too_many:
      return "too_many";
    case Misdeed::too_many_with_delay:
      return "too_many_with_delay";
    case Misdeed::unavailable:
      return "unavailable";
    case Misdeed::gateway:
      return "gateway";
    case Misdeed::page:
      return "page";
    case Misdeed::empty:
      return "empty";
    case Misdeed::ban:
      return "ban";
    case Misdeed::close:
      return "close";
    case Misdeed::reset_before:
      return "reset_before";
    case Misdeed::reset_in_head:
      return "reset_in_head";
    case Misdeed::reset_in_body:
      return "reset_in_body";
    case Misdeed::cut_body:
      return "cut_body";
    case Misdeed::cut_rows:
      return "cut_rows";
    case Misdeed::long_length:
      return "long_length";
    case Misdeed::wrong_length:
      return "wrong_length";
    case Misdeed::garbage:
      return "garbage";
    case Misdeed::garbled_chunks:
      return "garbled_chunks";
    case Misdeed::stall:
      return "stall";
    case Misdeed::drip:
      return "drip";
    case Misdeed::gzip_lie:
      return "gzip_lie";
    case Misdeed::repeated_rows:
      return "repeated_rows";
  }
  return "";
}

bool is_harmless(Misdeed misdeed) {
  return misdeed == Misdeed::none || misdeed == Misdeed::drip || misdeed == Misdeed::gzip_lie ||
         misdeed == Misdeed::repeated_rows;
}

Fault FaultPlan::fate(std::size_t number, std::string_view address, int nth) const {
  if (first_) return nth == 1 ? *first_ : Fault{};
  // Two storms of up to four requests, and up to two bans.
  for (std::uint64_t n = 0; n < 2; ++n) {
    const std::uint64_t storm = mixed(mixed(seed_ ^ 0x570u) + n);
    const std::size_t begin = 2 + storm % eventful_requests;
    const std::size_t length = 1 + (storm >> 32) % 4;
    if (number >= begin && number < begin + length) {
      return (storm >> 40) % 2 == 0 ? Fault{Misdeed::too_many, 0} : Fault{Misdeed::too_many_with_delay, 1};
    }
    const std::uint64_t ban = mixed(mixed(seed_ ^ 0xba0u) + n);
    if ((ban >> 60) % 2 == 0 && number == 3 + ban % eventful_requests) {
      return {Misdeed::ban, 20 + static_cast<int>((ban >> 32) % 140)};
    }
  }
  const std::uint64_t hash = hashed(seed_, address);
  if (nth > bad_tries(hash)) return {};
  const std::uint64_t fate = mixed(hash + static_cast<std::uint64_t>(nth));
  const Misdeed kind = chosen(fate);
  return {kind, kind == Misdeed::too_many_with_delay ? 1 + static_cast<int>((fate >> 10) % 2) : 0};
}

std::string FaultPlan::address_of(std::string_view target) {
  const std::size_t question = target.find('?');
  if (!target.starts_with("/cdx/") || question == std::string_view::npos) return std::string(target);
  const std::string_view query = target.substr(question + 1);
  const std::size_t begin = query.starts_with("url=") ? 0 : query.find("&url=");
  if (begin == std::string_view::npos) return std::string(target.substr(0, question));
  const std::size_t end = std::min(query.find('&', begin + 1), query.size());
  return std::string(target.substr(0, question)) + " " + std::string(query.substr(begin, end - begin));
}

WireScript spoiled(const Fault& fault, FakeAnswer right, bool index) {
  switch (fault.kind) {
    case Misdeed::none:
      return whole(right);
    case Misdeed::too_many:
    case Misdeed::too_many_with_delay:
      return whole(too_many(fault.amount));
    case Misdeed::unavailable:
      return whole(page(503));
    case Misdeed::gateway:
      return whole(page(504));
    case Misdeed::page:
      return whole(page(200));
    case Misdeed::empty:
      if (!index) return whole({200, {{"Content-Type", "text/html"}}, "", false});
      [[fallthrough]];
    case Misdeed::cut_rows:
      if (!index) return part(right, false, End::close);
      // Framed as if all were well. Half of "[]" is no longer rows either.
      right.body.resize(right.body.size() / 2);
      return whole(right);
    case Misdeed::ban:
    case Misdeed::reset_before:
      return {{}, milliseconds(0), End::reset};
    case Misdeed::close:
      return {{}, milliseconds(0), End::close};
    case Misdeed::reset_in_head:
      return part(right, true, End::reset);
    case Misdeed::reset_in_body:
      return part(right, false, End::reset);
    case Misdeed::cut_body:
      return part(right, false, End::close);
    case Misdeed::long_length:
      return with_length(right, std::to_string(right.body.size() + 1000));
    case Misdeed::wrong_length:
      return with_length(right, "-12");
    case Misdeed::garbage:
      return {{{milliseconds(0), std::string("\0\x17\x03garbage\xff\r\n\r\n", 15)}}, {}, End::close};
    case Misdeed::garbled_chunks:
      return garbled_chunks(right);
    case Misdeed::stall:
      return {{}, stall_time, End::close};
    case Misdeed::drip:
      return dripping(right);
    case Misdeed::gzip_lie:
      relabel(right);
      return whole(right);
    case Misdeed::repeated_rows:
      if (!index) return dripping(right);
      right.body = doubled_rows(right.body);
      return whole(right);
  }
  return whole(right);
}

}  // namespace waydiff::test
