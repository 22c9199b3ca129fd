#include "core/change_set.hpp"

namespace waydiff::core {

std::string_view name(ChangeKind kind) noexcept {
  switch (kind) {
    case ChangeKind::added:
      return "added";
    case ChangeKind::removed:
      return "removed";
    case ChangeKind::modified:
      return "modified";
    case ChangeKind::moved:
      return "moved";
    case ChangeKind::split:
      return "split";
    case ChangeKind::merged:
      return "merged";
  }
  return "?";
}

std::string_view name(Significance significance) noexcept {
  switch (significance) {
    case Significance::substantive:
      return "substantive";
    case Significance::structural:
      return "structural";
    case Significance::editorial:
      return "editorial";
  }
  return "?";
}

}  // namespace waydiff::core
