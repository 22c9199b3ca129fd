#pragma once

#include <string>
#include <string_view>

namespace waydiff::pipeline {

/// What there is to say of an archived redirect, for a person; empty when it simply leads to another page: that it
/// leads back to the page itself, to another spelling of its address, or to where sites send what is gone (the home
/// page, a log-in page, an error page). `original` and `location` are addresses as captured. Pure.
[[nodiscard]] std::string redirect_remark(std::string_view original, std::string_view location);

}  // namespace waydiff::pipeline
