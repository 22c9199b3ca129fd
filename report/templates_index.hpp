#pragma once

#include <string_view>

namespace waydiff::report {

/// All targets. Takes what index_report.cpp sets.
inline constexpr std::string_view index_template = R"html(<h1>Policies over time</h1>
<p class="lead">{{summary}}</p>
{{#warnings}}
<p class="alert"><b>Attention:</b> {{.}}</p>
{{/warnings}}
<h2>Followed documents</h2>
<table>
<tr><th>Document</th><th class="wide">From – to</th><th class="n wide">Captures</th><th class="n">Texts</th><th class="n">Substantive changes</th><th class="wide">Transitions by year</th></tr>
{{#targets}}
<tr><td><a href="{{page}}">{{site}}</a> <span class="kind">{{kind}}</span></td><td class="d wide">{{period}}</td><td class="n wide">{{n_captures}}</td><td class="n">{{n_texts}}</td><td class="n">{{n_substantive}} of {{n_transitions}}</td><td class="wide">{{#spark}}<svg width="150" height="22" viewBox="0 0 150 22" role="img" aria-label="{{spark_label}}"><title>{{spark_label}}</title><line class="axis" x1="0" y1="21.5" x2="150" y2="21.5"/>{{#columns}}<rect class="spark" x="{{x}}" y="{{y}}" width="{{w}}" height="{{h}}"/>{{/columns}}</svg>{{/spark}}</td></tr>
{{/targets}}
</table>
{{#has_latest}}
<h2>Latest substantive changes</h2>
<p class="note"><del>Struck through</del>: words of the older text. <ins>Underlined</ins>: words of the newer one.</p>
{{/has_latest}}
{{#latest}}
<article>
<h3><a href="{{page}}#t{{sequence}}">{{site}} {{kind}}</a> <span class="gaptext">{{window}}</span></h3>
{{#changes}}
<div class="change">
<p class="where">{{place}} · <span class="badge k">{{change_kind}}</span>{{#flags}}<span class="badge f">{{.}}</span>{{/flags}}</p>
<p class="words" dir="auto">{{>spans}}</p>
</div>
{{/changes}}
{{#rest}}
<p class="note"><a href="{{page}}#t{{sequence}}">{{.}}</a></p>
{{/rest}}
</article>
{{/latest}}
{{#has_spread}}
<h2>The same change in several documents</h2>
<p class="note">In three or more within 180 days; the latest events. <code>waydiff spread</code> finds others.</p>
{{/has_spread}}
{{#spread}}
<article>
<h3>{{title}} <span class="gaptext">{{period}}</span></h3>
{{#change}}
<div class="change">
<p class="where">{{place}} · <span class="badge k">{{change_kind}}</span>{{#flags}}<span class="badge f">{{.}}</span>{{/flags}}</p>
<p class="words" dir="auto">{{>spans}}</p>
</div>
{{/change}}
<ol>
{{#members}}
<li><a href="{{page}}">{{site}} {{kind}}</a> <span class="gaptext">{{window}}</span></li>
{{/members}}
</ol>
{{#remark}}
<p class="note">{{.}}</p>
{{/remark}}
</article>
{{/spread}}
<footer>Made by waydiff from archived captures alone. Dates are those of the captures: a change happened after the first
and not after the second.</footer>
)html";

}  // namespace waydiff::report
