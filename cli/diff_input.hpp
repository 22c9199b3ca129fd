#pragma once

#include <string>

#include "cli/command.hpp"
#include "core/document.hpp"
#include "core/error.hpp"

namespace waydiff::cli {

/// One of the two texts of a comparison.
struct DiffInput {
  std::string name;     ///< as given
  std::string origin;   ///< of a stored capture: "captured 2018-05-25 10:11 UTC"; empty for a file
  std::string address;  ///< of its snapshot
  core::Document document;
};

/// Reads a file, stdin ("-", which is what the `other` side's ending says, if that tells), or the capture that was in
/// force at TARGET@TIME. Says on stderr which capture that is, and when a page is not fit to compare. Fails with
/// not_found, io, too_large; with bad_document for what is not text, or has none; with bad_argument for a quarantined
/// capture, unless `quarantined` takes those too. `room` is memory that one call leaves to the next.
[[nodiscard]] core::Result<DiffInput> read_diff_input(const std::string& name, const std::string& other,
                                                      bool quarantined, std::string& room, const Common& common,
                                                      Console& console);

/// bad_document, for an input that holds no words.
[[nodiscard]] core::Error no_text(const std::string& name);

}  // namespace waydiff::cli
