#pragma once

#include <string_view>

namespace waydiff::report {

inline constexpr std::string_view timeline_template = R"html({{#timeline}}
<figure>
<div class="scroll">
<svg viewBox="0 0 {{width}} {{height}}" role="img" aria-label="Timeline of the texts">
<line class="axis" x1="0" y1="{{axis_y}}" x2="{{width}}" y2="{{axis_y}}"/>
{{#ticks}}
<line class="axis" x1="{{x}}" y1="0" x2="{{x}}" y2="{{axis_y}}"/><text class="tick" x="{{x}}" y="{{tick_y}}">{{label}}</text>
{{/ticks}}
{{#gaps}}
<path class="gap" d="{{path}}"><title>{{bar_title}}</title></path>
{{/gaps}}
{{#bars}}
<rect class="tone{{tone}}" x="{{x}}" y="{{y}}" width="{{w}}" height="18" rx="2"><title>{{bar_title}}</title></rect>{{#inside}}<text class="in" x="{{label_x}}" y="{{label_y}}">{{state}}</text>{{/inside}}{{#beside}}<text class="beside" x="{{label_x}}" y="{{label_y}}">{{state}}</text>{{/beside}}
{{/bars}}
{{#marks}}
<path class="cross" d="{{path}}"><title>{{bar_title}}</title></path>
{{/marks}}
</svg>
</div>
<figcaption>A bar is one text, with its number, from the first to the last capture that shows it; the same number again
is the same text come back. Dotted: the time in which the change happened.{{#has_marks}} <b>×</b>: a capture that was not fit to
compare.{{/has_marks}}</figcaption>
</figure>
{{/timeline}}
)html";

inline constexpr std::string_view transition_template = R"html(<section class="transition" id="t{{sequence}}">
<h3><a href="#t{{sequence}}">{{title}}</a> <span class="gaptext">({{gap}})</span></h3>
<p class="meta">Text {{old_state}} → text {{new_state}} · last seen before: {{#before}}{{>snapshot}}{{/before}} · first seen after: {{#after}}{{>snapshot}}{{/after}}{{#missed}} · {{.}}{{/missed}}</p>
{{#stood}}
<p class="meta">{{.}}.</p>
{{/stood}}
{{#dates}}
<p class="meta">The document’s own dates: {{.}}</p>
{{/dates}}
<p class="meta">{{change_summary}}</p>
{{#same_as}}
<p class="note">The same words as <a href="#t{{.}}">here</a>.</p>
{{/same_as}}
{{#notes}}
<p class="note">Note: {{.}}</p>
{{/notes}}
{{#substantive}}
{{>change}}{{/substantive}}
{{#more}}
<details><summary>{{more_label}}</summary>
{{#changes}}
{{>change}}{{/changes}}
</details>
{{/more}}
</section>
)html";

/// One target. Takes what html_report.cpp sets.
inline constexpr std::string_view target_template =
    R"html(<p class="up"><a href="index.html">All followed documents</a></p>
<h1>{{site}} <span class="kind">{{kind}}</span></h1>
<p class="address">{{#url_href}}<a href="{{.}}" rel="noopener noreferrer">{{url}}</a>{{/url_href}}{{^url_href}}{{url}}{{/url_href}}</p>
<p class="lead">{{summary}}</p>
{{#warnings}}
<p class="alert"><b>Attention:</b> {{.}}</p>
{{/warnings}}
{{>timeline}}{{#overview}}
<h2>At a glance</h2>
<table>
<tr><th>Between</th><th>and</th><th>What happened</th><th>Its own dates</th><th class="n">Substantive</th><th class="n wide">Structural</th><th class="n wide">Editorial</th></tr>
{{#rows}}
<tr><td class="d">{{from}}</td><td class="d">{{to}}</td><td><a href="#{{anchor}}">{{label}}</a></td><td>{{#announced}}{{.}}{{/announced}}</td><td class="n">{{n_substantive}}</td><td class="n wide">{{n_structural}}</td><td class="n wide">{{n_editorial}}</td></tr>
{{/rows}}
</table>
<h2>Changes, newest first</h2>
<p class="note"><del>Struck through</del>: words of the older text. <ins>Underlined</ins>: words of the newer one. A change
happened after the first date and not after the second: captures show a page only now and then.</p>
{{/overview}}
{{#transitions}}
{{#single}}
{{>transition}}{{/single}}
{{#group}}
<section class="transition" id="a{{first}}">
<h3><a href="#a{{first}}">{{group_title}}</a></h3>
{{#lines}}
<p class="meta">{{.}}</p>
{{/lines}}
<details><summary>{{members_label}}</summary>
{{#members}}
{{>transition}}{{/members}}
</details>
</section>
{{/group}}
{{/transitions}}
<h2>Where every capture went</h2>
<table>
<tr><th>Outcome</th><th class="n">Captures</th><th>Meaning</th></tr>
{{#ledger}}
<tr{{#zero}} class="zero"{{/zero}}><td>{{name}}</td><td class="n">{{number}}</td><td>{{meaning}}</td></tr>
{{/ledger}}
<tr class="sum"><td>listed</td><td class="n">{{listed}}</td><td>{{sum_text}}</td></tr>
</table>
{{#quarantine}}
<details><summary>{{label}}</summary>
<table>
<tr><th>Capture</th><th>Reason</th><th>Evidence</th></tr>
{{#rows}}
<tr><td>{{#snapshot}}{{>snapshot}}{{/snapshot}}</td><td>{{reason_name}}</td><td>{{detail}}</td></tr>
{{/rows}}
</table>
</details>
{{/quarantine}}
{{#unread}}
<details><summary>{{label}}</summary>
<table>
<tr><th>Capture</th><th>Outcome</th><th>Cause</th><th class="n">Attempts</th></tr>
{{#rows}}
<tr><td>{{#snapshot}}{{>snapshot}}{{/snapshot}}</td><td>{{outcome}}</td><td>{{cause}}</td><td class="n">{{attempts}}</td></tr>
{{/rows}}
</table>
</details>
{{/unread}}
{{#texts}}
<h2>Where every text comes from</h2>
<table>
<tr><th class="n">Text</th><th>First seen</th><th class="wide">Last seen</th><th class="n wide">Captures</th><th class="n">Clauses</th><th>Title and origin</th></tr>
{{#rows}}
<tr><td class="n">{{state}}</td><td class="d">{{#snapshot}}{{#href}}<a href="{{.}}" rel="noopener noreferrer">{{date}}</a>{{/href}}{{^href}}{{date}}{{/href}}{{/snapshot}}</td><td class="d wide">{{last_date}}</td><td class="n wide">{{n_captures}}</td><td class="n">{{n_clauses}}</td><td>{{text_title}}{{#language}} <span class="badge">{{.}}</span>{{/language}}<br>Stood {{stood}}<br><span class="mono">{{#snapshot}}{{address}}{{/snapshot}}<br>body sha256 {{body_sha256}}<br>extractor generation {{generation}}</span></td></tr>
{{/rows}}
</table>
{{/texts}}
<footer>Made by waydiff from archived captures alone: {{archives}}. The texts belong to their authors; check a snapshot before you quote it.
The same as <a href="{{markdown_file}}">Markdown</a>.</footer>
)html";

}  // namespace waydiff::report
