#pragma once

#include <string_view>

namespace waydiff::report {

/// Two documents compared. Takes what redline_html.cpp sets.
inline constexpr std::string_view redline_template = R"html(<h1>Changes</h1>
<p class="address">From <b>{{old_source}}</b> ({{n_old}}) to <b>{{new_source}}</b> ({{n_new}})</p>
<p class="lead">{{change_summary}}</p>
{{#notes}}
<p class="alert"><b>Note:</b> {{.}}</p>
{{/notes}}
<p class="note"><del>Struck through</del>: words of the older text. <ins>Underlined</ins>: words of the newer one. In the
order of the newer text; clauses without a change are left out.</p>
{{#rows}}
{{#section}}
<h4>{{.}}</h4>
{{/section}}
{{#left}}
<p class="note" id="{{from_id}}">Clause {{old_numbers}} stood here: <a href="#{{to_id}}">moved to clause {{new_numbers}}</a>.</p>
{{/left}}
{{#shown}}
<article id="{{to_id}}">
<p class="meta"><span class="badge k">{{change_kind}}</span><span class="badge">{{significance}}</span>{{#reason}}<span class="badge">{{.}}</span>{{/reason}}{{#flags}}<span class="badge f">{{.}}</span>{{/flags}} clause {{numbers}}</p>
{{#move}}
<p class="move">{{.}} (<a href="#{{from_id}}">its old place</a>)</p>
{{/move}}
{{#inline}}
<div class="inline"><p class="words" dir="auto">{{>spans}}</p></div>
{{/inline}}
{{#sides}}
<div class="sides">
<div><span class="side">Old</span><p class="words" dir="auto">{{#old_spans}}{{#same}}{{.}}{{/same}}{{#old}}<del>{{.}}</del>{{/old}}{{/old_spans}}</p></div>
<div><span class="side">New</span><p class="words" dir="auto">{{#new_spans}}{{#same}}{{.}}{{/same}}{{#new}}<ins>{{.}}</ins>{{/new}}{{/new_spans}}</p></div>
</div>
{{/sides}}
</article>
{{/shown}}
{{/rows}}
)html";

}  // namespace waydiff::report
