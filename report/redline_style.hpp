#pragma once

#include <string_view>

namespace waydiff::report {

/// Comes after the style sheet of all pages. What the choices at the top hide is hidden by :has(); a browser without it
/// shows the whole document inline.
inline constexpr std::string_view redline_style = R"css(
:root { --mv: #1b5e38; --mv-back: #e4f3e9; }
@media (prefers-color-scheme: dark) { :root { --mv: #a3dfb8; --mv-back: #1b3627; } }
body { max-width: 84rem; }
table.sources { width: auto; margin: .6rem 0; }
table.sources th { white-space: nowrap; }
table.sources td.n { padding-left: 1.5rem; }
.views {
  position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: .3rem 1.6rem; align-items: center;
  background: var(--paper); border-bottom: 1px solid var(--line); padding: .5rem 0; margin: 1rem 0 .6rem;
}
fieldset { border: 0; margin: 0; padding: 0; font-size: .9rem; }
legend { float: left; margin-right: .6rem; padding: 0; color: var(--muted); }
.views label { margin-right: .8rem; white-space: nowrap; cursor: pointer; }
input { accent-color: var(--link); }
a:focus-visible, input:focus-visible, summary:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
[id] { scroll-margin-top: 4.5rem; }
main p {
  font: 1.02rem/1.6 Charter, "Bitstream Charter", "Iowan Old Style", "Noto Serif", "Liberation Serif", Georgia, serif;
  margin: .35rem 0; unicode-bidi: isolate;
}
main p.section, main p.gap {
  font: .84rem/1.4 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif;
  color: var(--muted);
}
main p.section { font-weight: 600; margin: 1.6rem 0 .3rem; }
main p.gap { text-align: center; margin: .2rem 0; }
main .h { font-weight: 700; line-height: 1.3; margin: 1rem 0 .4rem; }
main .h1 { font-size: 1.5rem; } main .h2 { font-size: 1.3rem; } main .h3 { font-size: 1.15rem; }
.li { margin-inline-start: 1.4rem; } .l2 { margin-inline-start: 2.8rem; } .l3 { margin-inline-start: 4.2rem; }
.l4 { margin-inline-start: 5.6rem; } .l5, .l6 { margin-inline-start: 7rem; }
.li.bullet::before {
  content: "•"; display: inline-block; width: 1rem; margin-inline-start: -1rem; color: var(--muted);
}
.li .m { display: inline-block; min-width: 1.5rem; margin-inline-start: -1.5rem; color: var(--muted); }
main .cells { border-bottom: 1px solid var(--line); font-size: .95rem; }
main .code { font: .85rem/1.5 ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; }
main .quote { border-inline-start: 3px solid var(--line); padding-inline-start: .8rem; }
.row {
  display: grid; grid-template-columns: minmax(0, 46rem) minmax(0, 1fr); gap: 0 2rem; background: var(--card);
  border: 1px solid var(--line); border-radius: 8px; padding: .5rem 1.1rem; margin: .6rem 0;
}
.old, .row .side { display: none; }
.mv { color: var(--mv); background: var(--mv-back); text-decoration: underline dotted; text-underline-offset: .18em; }
.gone {
  color: var(--mv); font-size: .9rem; border: 1px dashed currentColor; border-radius: 4px; padding: 0 .35em;
  text-decoration: none;
}
.gone b { font-weight: 600; text-decoration: underline; }
.ed ins, .ed del, .ed.c { color: var(--muted); background: none; text-decoration-style: dashed; }
.no {
  font: 600 .7rem/1 system-ui, "Noto Sans", "Liberation Sans", sans-serif; vertical-align: super; padding: 0 .15em;
  text-decoration: none;
}
.no:hover { text-decoration: underline; }
.marks { list-style: none; margin: .3rem 0; padding: 0; font-size: .84rem; line-height: 1.45; }
.marks li { margin: 0 0 .3rem; color: var(--ink); }
.marks .no { vertical-align: baseline; font-size: .8rem; }
.marks .where { color: var(--muted); }
.marks li.ed, .marks li.ed b { color: var(--muted); font-weight: 400; }
.markup {
  display: block; font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: .78rem;
}
.same { max-width: 48.3rem; padding: 0 1.2rem; }
.same p { color: var(--ink); }
details { margin: .5rem 0; }
details[open] > summary { margin-bottom: .4rem; }
.gap { display: none; }
body:has(#only:checked) .same { display: none; }
body:has(#only:checked) .gap { display: block; }
body:has(#whole:checked) .section { display: none; }
body:has(#beside:checked) .row { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); }
body:has(#beside:checked) .old, body:has(#beside:checked) .row .side { display: block; }
body:has(#beside:checked) .new { border-left: 1px solid var(--line); padding-left: 1rem; margin-left: -1rem; }
body:has(#beside:checked) .row.removed .new { border-left: 0; padding-left: 0; margin-left: 0; }
body:has(#beside:checked) .row:not(.removed) .new del { display: none; }
body:has(#beside:checked) .row ~ .row .side { display: none; }
body:has(#beside:checked) .row:not(.removed) .new .out::before,
body:has(#beside:checked) .row:not(.removed) .new .out .m { display: none; }
body:has(#beside:checked) .marks {
  grid-column: 1 / -1; border-top: 1px solid var(--line); padding-top: .35rem; columns: 2; column-gap: 2rem;
}
body:has(#beside:checked) .marks li { break-inside: avoid; }
body:has(#beside:checked) .same { max-width: none; padding: 0 20%; }
body:has(#editorial:not(:checked)) .row.ed, body:has(#editorial:not(:checked)) li.ed,
body:has(#editorial:not(:checked)) .no.ed, body:has(#editorial:not(:checked)) main .ed del { display: none; }
body:has(#editorial:not(:checked)) main .ed ins, body:has(#editorial:not(:checked)) main .ed.c {
  color: inherit; text-decoration: none;
}
@supports not selector(:has(a)) { .views { display: none; } }
@media (max-width: 60rem) {
  .views { position: static; }
  [id] { scroll-margin-top: 1rem; }
  .row { grid-template-columns: minmax(0, 1fr); padding: .5rem .8rem; }
  .marks { border-top: 1px solid var(--line); padding-top: .35rem; }
  .same { padding: 0 .9rem; }
  body:has(#beside:checked) .same { padding: 0 .9rem; }
}
@media (max-width: 40rem) {
  body:has(#beside:checked) .row { grid-template-columns: minmax(0, 1fr); }
  body:has(#beside:checked) .new { border-left: 0; padding-left: 0; margin: .4rem 0 0; }
  body:has(#beside:checked) .row ~ .row .side { display: block; }
  body:has(#beside:checked) .marks { columns: 1; }
}
@media print {
  :root { --mv: #000; --mv-back: #fff; }
  .views, .legend { display: none; }
  .row { border: 0; border-top: 1px solid #888; border-radius: 0; padding: .4rem 0; }
  .same { padding: 0; }
  .new p, .old p { break-inside: avoid; }
}
)css";

}  // namespace waydiff::report
