#include "storage/names.hpp"

#include <charconv>

namespace waydiff::storage {
namespace {

// Enumerations here count from 0 without gaps, up to `last`.
template <class E>
bool find(std::string_view text, E last, E& value) noexcept {
  for (int number = 0; number <= static_cast<int>(last); ++number) {
    const auto candidate = static_cast<E>(number);
    if (name(candidate) == text) {
      value = candidate;
      return true;
    }
  }
  return false;
}

}  // namespace

std::optional<Generation> Generation::parse(std::string_view text) {
  Generation found;
  const char* const end = text.data() + text.size();
  const auto first = std::from_chars(text.data(), end, found.extract);
  if (first.ec != std::errc() || first.ptr == end || *first.ptr != '.') return {};
  const auto second = std::from_chars(first.ptr + 1, end, found.diff);
  if (second.ec != std::errc() || second.ptr != end || found.extract < 1 || found.diff < 1) return {};
  return found;
}

std::string Generation::text() const {
  return std::to_string(extract) + "." + std::to_string(diff);
}

std::string_view name(Outcome outcome) noexcept {
  switch (outcome) {
    case Outcome::pending:
      return "pending";
    case Outcome::unselected:
      return "unselected";
    case Outcome::fetched:
      return "fetched";
    case Outcome::duplicate:
      return "duplicate";
    case Outcome::revisit:
      return "revisit";
    case Outcome::unplayable:
      return "unplayable";
    case Outcome::excluded:
      return "excluded";
    case Outcome::failed:
      return "failed";
  }
  return "?";
}

std::string_view name(TransitionKind kind) noexcept {
  switch (kind) {
    case TransitionKind::changed:
      return "changed";
    case TransitionKind::returned:
      return "returned";
    case TransitionKind::editorial:
      return "editorial";
  }
  return "?";
}

std::string_view name(AliasReason reason) noexcept {
  switch (reason) {
    case AliasReason::redirect:
      return "redirect";
    case AliasReason::canonical:
      return "canonical";
    case AliasReason::home_page:
      return "home_page";
    case AliasReason::same_text:
      return "same_text";
    case AliasReason::configured:
      return "configured";
  }
  return "?";
}

bool from_name(std::string_view text, AliasReason& value) noexcept {
  return find(text, AliasReason::configured, value);
}
bool from_name(std::string_view text, Outcome& value) noexcept {
  return find(text, Outcome::failed, value);
}
bool from_name(std::string_view text, TransitionKind& value) noexcept {
  return find(text, TransitionKind::editorial, value);
}
bool from_name(std::string_view text, core::Quarantine& value) noexcept {
  return find(text, core::Quarantine::unreadable, value);
}
bool from_name(std::string_view text, core::ChangeKind& value) noexcept {
  return find(text, core::ChangeKind::merged, value);
}
bool from_name(std::string_view text, core::Significance& value) noexcept {
  return find(text, core::Significance::editorial, value);
}

}  // namespace waydiff::storage
