"""The style sheet of the HTML report: light and dark, narrow and wide, on paper."""

STYLE = """
:root {
  color-scheme: light dark;
  --page: #fff; --text: #1b1f24; --quiet: #57606a; --line: #d0d7de; --panel: #f6f8fa;
  --link: #0550ae; --mark: #fff1b8; --error: #b42318; --warning: #8a4b00; --info: #0550ae;
  --done: #116329;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0d1117; --text: #e6edf3; --quiet: #9da7b1; --line: #3d444d; --panel: #161b22;
    --link: #79b8ff; --mark: #5a4a00; --error: #ff8a80; --warning: #f0b429; --info: #79b8ff;
    --done: #56d364;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--page); color: var(--text);
  font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere;
}
header, main, footer { max-width: 62rem; margin: 0 auto; padding: 1rem; }
h1 { margin: 0; font-size: 1.5rem; }
h2 { margin: 2rem 0 .5rem; padding-bottom: .25rem; border-bottom: 1px solid var(--line); }
h3 { margin: 1.75rem 0 .25rem; font-size: 1.1rem; }
h4 { margin: 0; font-size: 1rem; line-height: 1.4; }
p { margin: .35rem 0; }
a { color: var(--link); }
code, pre { font: .85em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
pre { margin: 0; padding: .5rem; overflow-x: auto; background: var(--panel); border-radius: 6px; }
mark { background: var(--mark); color: inherit; border-bottom: 2px solid currentColor; }
figure { margin: .6rem 0 0; }
figcaption { font-size: .9rem; color: var(--quiet); }
table { border-collapse: collapse; font-size: .9rem; }
th, td { padding: .2rem .6rem .2rem 0; text-align: left; vertical-align: top; }
th { font-weight: 600; white-space: nowrap; }
summary { cursor: pointer; color: var(--quiet); }
details { margin: .6rem 0; }
footer, .evidence, .rule, .origin, .number, .none, .unknown { color: var(--quiet); }
.number { user-select: none; }
.wide { overflow-x: auto; }
.finding {
  margin: .8rem 0; padding: .75rem; border: 1px solid var(--line);
  border-left: 4px solid var(--quiet); border-radius: 6px;
}
.finding.error { border-left-color: var(--error); }
.finding.warning { border-left-color: var(--warning); }
.finding.info { border-left-color: var(--info); }
.badge {
  display: inline-block; padding: 0 .45em; border: 1px solid currentColor; border-radius: 1em;
  font-size: .75rem; font-weight: 600; line-height: 1.5; vertical-align: .1em;
}
.badge.error { color: var(--error); }
.badge.warning { color: var(--warning); }
.badge.info { color: var(--info); }
.badge.role { color: var(--quiet); }
.badge.missing { color: var(--error); }
.badge.unknown { color: var(--warning); }
.badge.done { color: var(--done); }
.badge.not-applicable { color: var(--quiet); }
.steps { margin: 0; padding: 0; list-style: none; }
.steps li { padding: .4rem 0; border-bottom: 1px solid var(--line); }
.counts {
  display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; margin: .75rem 0; padding: 0;
  list-style: none;
}
.counts strong { font-size: 1.5rem; }
svg { display: block; }
svg text { font: 12px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; fill: var(--text); }
svg .title { font-weight: 700; }
svg .box { fill: var(--panel); stroke: var(--line); stroke-width: 1.5; }
svg .box.error { stroke: var(--error); }
svg .box.warning { stroke: var(--warning); }
svg .box.info { stroke: var(--info); }
svg .arrow { fill: none; stroke: var(--quiet); stroke-width: 1.5; }
svg .head { fill: var(--quiet); }
@media print {
  :root { color-scheme: light; }
  body { font-size: 11pt; }
  header, main, footer { max-width: none; padding: 0; }
  svg { max-width: 100%; height: auto; }
  pre { white-space: pre-wrap; }
  h2, h3, .evidence { break-after: avoid; }
  .finding, figure, .wide { break-inside: avoid; }
  details::details-content { content-visibility: visible; block-size: auto; }
}
"""
