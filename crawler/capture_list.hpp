#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <initializer_list>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/capture.hpp"

namespace waydiff::crawler {

/// The rows of a listing, which may be a hundred thousand: 64 bytes each, and once whatever they have in common
/// (addresses, types, statuses, files). Captures come into being when they are looked at, so take them by value.
class CaptureList {
 public:
  using value_type = core::Capture;

  class const_iterator {
   public:
    using iterator_category = std::input_iterator_tag;  // reading yields a value
    using iterator_concept = std::random_access_iterator_tag;
    using value_type = core::Capture;
    using difference_type = std::ptrdiff_t;
    using reference = core::Capture;
    using pointer = void;

    /// What operator-> needs: a capture that lives as long as the expression.
    struct Held {
      core::Capture capture;
      const core::Capture* operator->() const { return &capture; }
    };

    const_iterator() = default;
    const_iterator(const CaptureList* list, difference_type at) : list_(list), at_(at) {}
    core::Capture operator*() const { return (*list_)[static_cast<std::size_t>(at_)]; }
    Held operator->() const { return {**this}; }
    core::Capture operator[](difference_type n) const { return *(*this + n); }
    const_iterator& operator+=(difference_type n) { return at_ += n, *this; }
    const_iterator& operator-=(difference_type n) { return at_ -= n, *this; }
    const_iterator& operator++() { return *this += 1; }
    const_iterator& operator--() { return *this -= 1; }
    const_iterator operator++(int) { return const_iterator(list_, at_++); }
    const_iterator operator--(int) { return const_iterator(list_, at_--); }
    friend const_iterator operator+(const_iterator it, difference_type n) { return it += n; }
    friend const_iterator operator+(difference_type n, const_iterator it) { return it += n; }
    friend const_iterator operator-(const_iterator it, difference_type n) { return it -= n; }
    friend difference_type operator-(const const_iterator& a, const const_iterator& b) { return a.at_ - b.at_; }
    friend bool operator==(const const_iterator& a, const const_iterator& b) { return a.at_ == b.at_; }
    friend auto operator<=>(const const_iterator& a, const const_iterator& b) { return a.at_ <=> b.at_; }

   private:
    const CaptureList* list_ = nullptr;
    difference_type at_ = 0;
  };
  using iterator = const_iterator;

  CaptureList() = default;
  CaptureList(std::initializer_list<core::Capture> captures);

  [[nodiscard]] std::size_t size() const { return rows_.size(); }
  [[nodiscard]] bool empty() const { return rows_.empty(); }
  [[nodiscard]] core::Capture operator[](std::size_t at) const;
  [[nodiscard]] core::Capture at(std::size_t at) const;  ///< throws std::out_of_range
  [[nodiscard]] core::Capture front() const { return (*this)[0]; }
  [[nodiscard]] core::Capture back() const { return (*this)[size() - 1]; }
  [[nodiscard]] const_iterator begin() const { return {this, 0}; }
  [[nodiscard]] const_iterator end() const { return {this, static_cast<std::ptrdiff_t>(size())}; }

  void push_back(const core::Capture& capture);
  void append(const CaptureList& more);

  /// By time; of those of one second, in the order they came.
  void sort_by_time();

  /// Each (timestamp, raw timestamp, original, digest) once, in that order; of equal ones the first, or the one of
  /// greater length. Returns how many were repeated.
  std::size_t drop_repeated();

  /// True when a row has the raw timestamp, original and digest of `capture`. The list must be by time.
  [[nodiscard]] bool contains(const core::Capture& capture) const;

 private:
  /// What rows have in common.
  struct Shared {
    std::string urlkey, original, mime, file;
    std::optional<int> status;
    std::string raw_timestamp;  ///< if it is not the digits of the time
    std::string digest;         ///< if it has not the usual length
    friend bool operator==(const Shared&, const Shared&) = default;
  };
  struct Row {
    core::Timestamp time;
    std::int64_t length;  ///< -1: unknown
    std::int64_t offset;
    std::array<char, 32> digest;  ///< zeros: see Shared
    std::uint32_t shared;
  };

  [[nodiscard]] std::uint32_t shared_number(Shared shared);
  [[nodiscard]] std::string_view digest_of(const Row& row) const;
  [[nodiscard]] std::string raw_timestamp_of(const Row& row) const;
  [[nodiscard]] std::strong_ordering compare(const Row& a, const Row& b) const;

  std::deque<Row> rows_;
  std::vector<Shared> shared_;
  std::unordered_multimap<std::size_t, std::uint32_t> numbers_;  ///< by hash: positions in shared_
};

}  // namespace waydiff::crawler
