#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "core/change_set.hpp"
#include "core/error.hpp"
#include "storage/store.hpp"

namespace waydiff::pipeline {

/// Two captures, one after the other, that both generations took for good.
struct CapturePair {
  storage::Id before = 0, after = 0;
};

/// Neighbours whose texts differ under both, by other changes of clauses.
struct Retold {
  CapturePair captures;
  std::size_t former = 0, present = 0;  ///< changes
};

/// What two generations of the program made of the same captures of a target. Nothing in it is a change of the
/// document: the bytes are the same.
struct Rereading {
  /// A text as the one and as the other read it.
  struct Differing {
    storage::Id former = 0, present = 0;  ///< texts
    std::size_t captures = 0;             ///< that show it
    core::ChangeSet changes{};            ///< by today's differ; from the former to the present text
  };

  std::size_t captures = 0;                ///< that both took for good
  std::size_t same = 0;                    ///< of these, with the same clauses under both
  std::vector<Differing> differing{};      ///< of the others; in order of time
  std::vector<storage::Id> quarantined{};  ///< captures that were good, and are not now
  std::vector<storage::Id> released{};     ///< captures that were read and were not good, and are now
  std::size_t transitions_of_both = 0;     ///< neighbours whose clauses differ under both
  std::vector<Retold> retold{};            ///< of these, those with other changes, where no capture between tells more
  std::vector<CapturePair> only_former{};  ///< neighbours that differ under the former generation alone
  std::vector<CapturePair> only_present{};

  [[nodiscard]] bool nothing() const {
    return differing.empty() && quarantined.empty() && released.empty() && only_former.empty() &&
           only_present.empty() && retold.empty();
  }
};

/// Holds two histories of a target against each other, but for Rereading::Differing::changes. Captures that only one of
/// them could know say nothing. `read_before`: did the former generation read this capture's body? Pure.
[[nodiscard]] Rereading reread(const storage::History& former, const storage::History& present,
                               const std::function<bool(storage::Id capture)>& read_before);

/// The same of a target in a store, with the changes of texts. Fails with not_found when no such history is kept. Reads
/// and compares each pair of texts that differ: some milliseconds.
[[nodiscard]] core::Result<Rereading> rereading(storage::Store& store, storage::Id target, storage::Generation former);

}  // namespace waydiff::pipeline
