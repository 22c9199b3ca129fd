#pragma once

#include <string>

#include "cli/command.hpp"
#include "core/document.hpp"
#include "core/error.hpp"
#include "extract/render.hpp"

namespace waydiff::cli {

/// Bytes of a file, or of stdin for "-", in `room` where they fit. Fails with not_found, io or too_large (over 256 MiB),
/// naming it.
[[nodiscard]] core::Result<std::string> read_input(const std::string& file, std::string room = {});

/// The Document in the bytes of a page, Markdown or text file: by the ending of its name, else by a look at them. The
/// language of Markdown and text is left for later.
[[nodiscard]] core::Result<core::Document> document_of(const std::string& bytes, const std::string& file);

/// A text of the store: the latest good capture of a target at or before a time.
struct StoredText {
  storage::Target target;
  storage::ArchiveRow archive;
  storage::CaptureRow capture;
  core::Document document;
  extract::Provenance provenance;
  std::string released;  ///< who released the capture, and why; empty where the program took it for good
};

/// A target's history, or the one that a former generation ("2.1") made; empty: the present one. Fails with
/// bad_argument or not_found, naming those that are kept.
[[nodiscard]] core::Result<storage::History> history_of(storage::Store& store, const storage::Target& target,
                                                        const std::string& generation);

/// `time` is 4 to 14 digits, empty for the latest; `generation` as for history_of(). Fails with not_found when no
/// target or more than one matches, or when there is no good capture so early.
[[nodiscard]] core::Result<StoredText> stored_text(storage::Store& store, const std::string& target,
                                                   const std::string& time, const std::string& generation = "");

/// An option and the 4 to 14 digits that were given with it; empty for none.
struct TimeOption {
  const char* name;
  const std::string& digits;
};

/// Sets a query's period. Fails with bad_argument, naming the option.
[[nodiscard]] core::Result<void> take_period(TimeOption from, TimeOption to, storage::SearchQuery& query);

/// "TARGET@2018" as target and time, unless a time is given already.
void take_time(std::string& target, std::string& time);

/// The one target that `name` means. Fails with not_found, or bad_argument listing the candidates.
[[nodiscard]] core::Result<storage::Target> the_target(storage::Store& store, const std::string& name);

}  // namespace waydiff::cli
