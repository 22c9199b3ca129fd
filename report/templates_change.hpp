#pragma once

#include <string_view>

namespace waydiff::report {

/// {{>spans}}: takes spans_data().
inline constexpr std::string_view spans_template =
    R"html({{#spans}}{{#same}}{{.}}{{/same}}{{#old}}<del>{{.}}</del>{{/old}}{{#new}}<ins>{{.}}</ins>{{/new}}{{/spans}})html";

/// {{>change}}: takes change_data().
inline constexpr std::string_view change_template = R"html(<div class="change">
<p class="where">{{place}} <span title="clause numbers, old → new">· clause {{numbers}}</span></p>
<p class="meta"><span class="badge k">{{change_kind}}</span>{{#reason}}<span class="badge">{{.}}</span>{{/reason}}{{#flags}}<span class="badge f">{{.}}</span>{{/flags}}{{#same_words}}<span class="badge">same words</span>{{/same_words}}</p>
{{#move}}
<p class="move">{{.}}</p>
{{/move}}
<p class="words" dir="auto">{{>spans}}</p>
</div>
)html";

/// {{>snapshot}}: takes snapshot_data(); the text of the link is the date.
inline constexpr std::string_view snapshot_template =
    R"html({{#href}}<a href="{{.}}" rel="noopener noreferrer" title="{{iso}} {{archive}}">{{date}}</a>{{/href}})html"
    R"html({{^href}}<span title="{{iso}}">{{date}}</span> <span class="mono">{{address}}</span>{{/href}})html";

}  // namespace waydiff::report
