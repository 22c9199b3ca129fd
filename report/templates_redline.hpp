#pragma once

#include <string_view>

namespace waydiff::report {

/// {{>paragraph}}: of one column. Headings are so by role: the levels of archived pages are no outline of this one.
inline constexpr std::string_view paragraph_template =
    R"html(<p class="{{class}}"{{#level}} role="heading" aria-level="{{.}}"{{/level}} dir="auto">)html"
    R"html({{#number}}<span class="m">{{.}}</span> {{/number}}{{#pieces}}{{#plain}}{{.}} {{/plain}})html"
    R"html({{#change}}<span class="c{{look}}"{{#id}} id="c{{.}}"{{/id}}>{{>spans}}</span>)html"
    R"html({{#id}}<a class="no{{look}}" href="#n{{.}}" title="{{title}}">{{.}}</a>{{/id}} {{/change}})html"
    R"html({{#left}}<a class="gone" id="from{{id}}" href="#c{{id}}">{{words}} <b>moved to {{to}} {{arrow}}</b></a> {{/left}})html"
    R"html({{/pieces}}</p>
)html";

/// {{>marks}}: what is to say of the changes of a passage.
inline constexpr std::string_view marks_template = R"html(<ul class="marks">
{{#marks}}
<li id="n{{id}}"{{#look}} class="{{.}}"{{/look}}><a class="no" href="#c{{id}}" title="to the words">{{id}}</a> <b>{{change_kind}}</b>{{#reason}}, {{.}}{{/reason}}{{#flags}} <span class="badge f">{{.}}</span>{{/flags}} <span class="where">{{clauses}}</span>{{#has_moved}} <a href="#from{{id}}">from {{from}} {{arrow}}</a>{{/has_moved}}{{#markup}}<span class="markup" dir="auto">{{>spans}}</span>{{/markup}}</li>
{{/marks}}
</ul>
)html";

/// Two documents compared. Takes what redline_html.cpp sets. The choices work by style alone: no script.
inline constexpr std::string_view redline_template = R"html(<h1>Changes</h1>
<table class="sources">
{{#sources}}
<tr><th scope="row">{{which}}</th><td><b dir="auto">{{name}}</b>{{#origin}}, {{.}}{{/origin}}{{#href}}, <a href="{{.}}" rel="noopener noreferrer">snapshot</a>{{/href}}{{#address}}, <span class="mono">{{.}}</span>{{/address}}</td><td class="n">{{clauses}}</td></tr>
{{/sources}}
</table>
<p class="lead">{{change_summary}}</p>
{{#notes}}
<p class="alert"><b>Note:</b> {{.}}</p>
{{/notes}}
<div class="views">
<fieldset><legend>View</legend>
<label><input type="radio" name="view" id="inline" checked> Inline</label>
<label><input type="radio" name="view" id="beside"> Side by side</label>
</fieldset>
<fieldset><legend>Text</legend>
<label><input type="radio" name="text" id="only"{{#only}} checked{{/only}}> Only changes</label>
<label><input type="radio" name="text" id="whole"{{^only}} checked{{/only}}> Whole document</label>
</fieldset>
{{#has_editorial}}
<fieldset><legend>Marks</legend>
<label><input type="checkbox" id="editorial" checked> Editorial changes</label>
</fieldset>
{{/has_editorial}}
</div>
<p class="note legend"><del>Struck through</del>: words of the older text. <ins>Underlined</ins>: words of the newer one. <span class="mv">Dotted</span>:
the same words in another place. <span class="ed"><del>Grey</del></span>: editorial. Numbers lead to what is said of a change.</p>
<main>
{{#stretches}}
{{#row}}
{{#section}}
<p class="section" dir="auto">{{.}}</p>
{{/section}}
<div class="row{{look}}">
{{#has_old}}
<div class="old"{{#old_language}} lang="{{.}}"{{/old_language}}><span class="side">Old</span>
{{#before}}
{{>paragraph}}{{/before}}
</div>
{{/has_old}}
<div class="new"{{#new_language}} lang="{{.}}"{{/new_language}}><span class="side">{{side}}</span>
{{#both}}
{{>paragraph}}{{/both}}
</div>
{{#has_marks}}
{{>marks}}{{/has_marks}}
</div>
{{/row}}
{{#same}}
<p class="gap">{{gap}}</p>
<div class="same"{{#new_language}} lang="{{.}}"{{/new_language}}>
{{#lead}}
{{>paragraph}}{{/lead}}
{{#fold}}
<details><summary lang="en">{{label}}</summary>
{{#folded}}
{{>paragraph}}{{/folded}}
</details>
{{/fold}}
{{#trail}}
{{>paragraph}}{{/trail}}
</div>
{{/same}}
{{/stretches}}
</main>
<footer>Made by waydiff. The texts belong to their authors.</footer>
)html";

}  // namespace waydiff::report
