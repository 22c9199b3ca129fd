#pragma once

#include <string_view>

namespace waydiff::report {

/// The one style sheet of every page. Words that come and go are told apart by line (under, through) first and by
/// blue and orange second, which stay apart for colour-blind eyes.
inline constexpr std::string_view style_sheet = R"css(
:root {
  color-scheme: light dark;
  --paper: #fbfaf8; --card: #ffffff; --ink: #1d232b; --muted: #5a6470; --line: #e0e0dc; --faint: #f1f0ec;
  --link: #0b5394; --ins: #0a4a91; --ins-back: #e2eefb; --del: #93370d; --del-back: #fdeadd; --alert: #8a4b00;
  --t0: #a9cdf0; --t1: #f5c99a; --t2: #b9dcbf; --t3: #e6bcd6; --t4: #efe19a; --t5: #c9c6ea; --bar-ink: #1d232b;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14171b; --card: #1b1f25; --ink: #e4e6e9; --muted: #9aa4b0; --line: #30363e; --faint: #22272e;
    --link: #8abef5; --ins: #a5cffb; --ins-back: #17314d; --del: #f6b48d; --del-back: #43271a; --alert: #f0b867;
    --t0: #6d9fcf; --t1: #cf9a60; --t2: #7fb389; --t3: #bd86a8; --t4: #bfae58; --t5: #918dc4; --bar-ink: #0d0f12;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 62rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif;
  overflow-wrap: anywhere;
}
a { color: var(--link); text-underline-offset: .15em; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: .1rem 0 .3rem; letter-spacing: -.01em; }
h2 { font-size: 1.25rem; margin: 2.6rem 0 .8rem; padding-bottom: .3rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1.1rem; line-height: 1.35; margin: 0; }
h4 { font-size: .8rem; margin: 1.1rem 0 .3rem; color: var(--muted); text-transform: uppercase; letter-spacing: .06em; }
p { margin: .4rem 0; }
.up, .address, .note, .meta, figcaption, footer { color: var(--muted); font-size: .9rem; }
.up { margin: 0 0 1.2rem; }
.kind { font-weight: 400; color: var(--muted); }
.lead { font-size: 1.1rem; margin: .9rem 0; max-width: 46rem; }
.alert { border-left: 4px solid var(--alert); background: var(--faint); padding: .5rem .8rem; margin: .8rem 0; }
.alert b { color: var(--alert); }
.mono { font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: .8rem; }
figure { margin: 1.4rem 0; }
.scroll { overflow-x: auto; }
figure svg { display: block; width: 100%; min-width: 36rem; height: auto; }
svg text { font: 12px system-ui, "Noto Sans", "Liberation Sans", sans-serif; fill: var(--muted); }
svg .in { fill: var(--bar-ink); font-weight: 600; text-anchor: middle; }
svg .beside { fill: var(--ink); font-weight: 600; }
svg .tick { text-anchor: middle; }
svg .axis { stroke: var(--line); }
svg .gap { fill: none; stroke: var(--muted); stroke-width: 1; stroke-dasharray: 2 3; }
svg .cross { stroke: var(--alert); stroke-width: 1.6; fill: none; }
svg .spark { fill: var(--t0); stroke: var(--ins); stroke-width: .5; }
.tone0 { fill: var(--t0); } .tone1 { fill: var(--t1); } .tone2 { fill: var(--t2); }
.tone3 { fill: var(--t3); } .tone4 { fill: var(--t4); } .tone5 { fill: var(--t5); }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: left; vertical-align: top; padding: .38rem .7rem .38rem 0; border-bottom: 1px solid var(--line); }
th { font-weight: 600; color: var(--muted); }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; padding-right: 1rem; white-space: nowrap; }
td.d { white-space: nowrap; font-variant-numeric: tabular-nums; }
tr.sum td { border-top: 2px solid var(--muted); font-weight: 600; }
tr.zero td { color: var(--muted); }
section.transition, article {
  background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 1.1rem 1.25rem; margin: 1rem 0;
}
.transition h3 a { color: inherit; text-decoration: none; }
.transition h3 a:hover { text-decoration: underline; }
.gaptext { font-weight: 400; color: var(--muted); font-size: .9rem; white-space: nowrap; }
.change { border-top: 1px solid var(--line); padding: .8rem 0 .7rem; break-inside: avoid; }
.change:first-of-type { border-top: 0; }
.where { font-size: .84rem; color: var(--muted); margin: 0 0 .3rem; }
.badge {
  display: inline-block; font-size: .74rem; line-height: 1.35; padding: .05rem .45rem; margin: 0 .15rem 0 0;
  border: 1px solid var(--line); border-radius: 999px; background: var(--faint); color: var(--ink);
}
.badge.k { font-weight: 600; border-color: var(--muted); }
.badge.f { border-style: dashed; }
.move { font-size: .88rem; margin: .2rem 0; }
.words {
  font: 1.02rem/1.6 Charter, "Bitstream Charter", "Iowan Old Style", "Noto Serif", "Liberation Serif", Georgia, serif;
  margin: .2rem 0 0; max-width: 46rem; unicode-bidi: isolate;
}
ins { color: var(--ins); background: var(--ins-back); text-decoration: underline; text-underline-offset: .18em; }
del { color: var(--del); background: var(--del-back); text-decoration: line-through; }
ins, del { border-radius: 2px; padding: 0 .1em; -webkit-box-decoration-break: clone; box-decoration-break: clone; }
details { margin: .6rem 0; }
summary { cursor: pointer; color: var(--link); font-size: .92rem; padding: .15rem 0; }
.sides { display: grid; grid-template-columns: 1fr 1fr; gap: 0 1.5rem; }
.sides > div + div { border-left: 1px solid var(--line); padding-left: 1.5rem; }
.side { font-size: .74rem; color: var(--muted); text-transform: uppercase; letter-spacing: .06em; }
.sides .words, .inline .words { max-width: none; }
:target { outline: 2px solid var(--link); outline-offset: 4px; border-radius: 4px; }
footer { margin-top: 3rem; border-top: 1px solid var(--line); padding-top: .8rem; }
@media (max-width: 40rem) {
  body { padding: 1.1rem .9rem 3rem; }
  h1 { font-size: 1.5rem; }
  .lead { font-size: 1rem; }
  section.transition, article { padding: .8rem .85rem; }
  .sides { grid-template-columns: 1fr; gap: .5rem; }
  .sides > div + div { border-left: 0; padding-left: 0; }
  .wide { display: none; }
}
@media print {
  :root {
    --paper: #fff; --card: #fff; --ink: #000; --muted: #444; --line: #bbb; --faint: #fff; --link: #000;
    --ins: #000; --ins-back: #fff; --del: #333; --del-back: #fff;
  }
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  section.transition, article { border: 0; border-top: 1px solid #888; border-radius: 0; padding: .6rem 0; }
  details::details-content { content-visibility: visible; block-size: auto; }
  h2, h3 { break-after: avoid; }
}
)css";

}  // namespace waydiff::report
