/** The style sheet of the page. Its hash stands in the page's policy, so it may not depend on data. */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --page: #f6f5f9; --surface: #ffffff; --sunken: #efedf4; --ink: #1c1a22; --muted: #5c5768; --rule: #d9d5e2;
  --accent: #6434b5; --accent-soft: #efe7fc; --first: #6434b5; --second: #a84300;
  --good: #17713a; --bad: #b3261e; --unclear: #7a5200; --check: #e9e7ef; --check-light: #ffffff;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #131118; --surface: #1c1923; --sunken: #25212e; --ink: #eceaf3; --muted: #aea8bd; --rule: #3a3547;
    --accent: #bda2ff; --accent-soft: #2e2544; --first: #bda2ff; --second: #ffb066;
    --good: #74dd9c; --bad: #ff9a90; --unclear: #f2c765; --check: #b4b0c1; --check-light: #c9c6d4;
  }
}
*, ::before, ::after { box-sizing: border-box; }
[hidden] { display: none !important; }
html { scroll-behavior: smooth; scroll-padding-top: 1rem; }
body { margin: 0 auto; padding: 1.5rem clamp(0.75rem, 3vw, 2.5rem) 4rem; max-width: 90rem; background: var(--page); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { margin: 0 0 0.5rem; font-size: clamp(1.5rem, 4vw, 2.1rem); line-height: 1.2; text-wrap: balance; }
h2 { margin: 0 0 0.75rem; font-size: 1.25rem; line-height: 1.3; }
p { margin: 0 0 0.75rem; max-width: 75ch; }
small { font-size: 0.85em; color: var(--muted); }
code { font: 0.92em ui-monospace, monospace; }
a { color: var(--accent); }
section { margin-top: 1.5rem; padding: clamp(0.9rem, 2.5vw, 1.5rem); background: var(--surface); border: 1px solid var(--rule); border-radius: 0.6rem; }
figure { margin: 0; min-width: 0; }
img { display: block; image-rendering: pixelated; background: repeating-conic-gradient(var(--check) 0 25%, var(--check-light) 0 50%) 0 0 / 16px 16px; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
.skip { position: absolute; left: -100vw; }
.skip:focus { left: 1rem; top: 0.5rem; z-index: 9; padding: 0.4rem 0.8rem; background: var(--surface); }

.verdict { padding: 0.6rem 0.9rem; max-width: none; background: var(--surface); border: 1px solid var(--rule); border-left: 0.35rem solid var(--unclear); border-radius: 0.4rem; }
.verdict strong { margin-right: 0.4rem; color: var(--unclear); }
.verdict.converged { border-left-color: var(--good); } .verdict.converged strong { color: var(--good); }
.verdict.diverged { border-left-color: var(--bad); } .verdict.diverged strong { color: var(--bad); }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 9.5rem), 1fr)); gap: 0.75rem 1.5rem; margin: 1rem 0; }
.facts dt { color: var(--muted); font-size: 0.85rem; }
.facts dd { margin: 0; }
.facts div:last-child { grid-column: 1 / -1; }
.facts small { display: block; }
nav { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; }
nav a { padding: 0.25rem 0; }

label, legend { font-weight: 600; }
select { display: block; width: 100%; margin-top: 0.25rem; padding: 0.5rem; font: inherit; font-weight: 400; color: inherit; background: var(--sunken); border: 1px solid var(--muted); border-radius: 0.4rem; text-overflow: ellipsis; }
input { accent-color: var(--accent); }
input[type=range] { min-height: 1.75rem; cursor: pointer; }
fieldset { margin: 0; padding: 0; border: 0; }
legend { padding: 0; }
fieldset label { margin-right: 1rem; font-weight: 400; }
.compare { display: grid; gap: 1.5rem; }
.controls { display: grid; gap: 1rem; align-content: start; }
.hint { margin: 0; color: var(--muted); font-size: 0.9rem; }
.pair { display: flex; flex-wrap: wrap; gap: 1rem; --split: 50%; }
.side { display: grid; gap: 0.35rem; }
.side img { max-width: 100%; height: auto; }
.tag, .label { display: block; overflow: hidden; white-space: nowrap; text-overflow: ellipsis; }
.tag { contain: inline-size; font-weight: 600; }
.label { max-width: 12rem; }
.side.adapter .tag { color: var(--accent); }
[data-view=slider] .pair { position: relative; display: grid; width: fit-content; max-width: 100%; touch-action: pan-y; cursor: ew-resize; user-select: none; }
[data-view=slider] .side { grid-area: 1 / 1; }
[data-view=slider] .side.base .tag { margin-right: 51%; }
[data-view=slider] .side.adapter .tag { margin-left: 51%; text-align: end; }
[data-view=slider] .side.base img { clip-path: inset(0 calc(100% - var(--split)) 0 0); }
[data-view=slider] .side.adapter img { clip-path: inset(0 0 0 var(--split)); }
[data-view=slider] .pair::after { content: ""; position: absolute; top: 1.85rem; bottom: 0; left: var(--split); width: 4px; margin-left: -2px; background: var(--accent); border: solid var(--surface); border-width: 0 1px; pointer-events: none; }
[data-view=pair] .split { display: none; }
.split { margin-top: 0.5rem; max-width: 35rem; }
.split label { font-size: 0.9rem; font-weight: 400; color: var(--muted); }
.split input { display: block; width: 100%; max-width: 100%; margin: 0; }
figcaption { margin-top: 0.5rem; }
.stage figcaption { max-width: 45rem; }
.seed { color: var(--muted); white-space: nowrap; }
#missing { margin: 0.5rem 0; color: var(--unclear); font-weight: 600; }

.size { display: flex; flex-wrap: wrap; align-items: center; gap: 0.25rem 0.75rem; margin-bottom: 0.75rem; }
.scroll { overflow: auto; border: 1px solid var(--rule); border-radius: 0.4rem; overscroll-behavior-x: contain; }
.tall { width: fit-content; max-width: 100%; max-height: min(85vh, 60rem); }
table { border-collapse: separate; border-spacing: 0; }
th, td { padding: 0.5rem; text-align: start; vertical-align: top; border-bottom: 1px solid var(--rule); background: var(--surface); }
tbody tr:last-child > * { border-bottom: 0; }
thead th { background: var(--sunken); }
th small { display: block; font-weight: 400; }
.grid thead th { position: sticky; top: 0; z-index: 1; vertical-align: bottom; }
.grid thead small { white-space: nowrap; }
.grid th:first-child { position: sticky; left: 0; z-index: 1; min-width: 14rem; width: 18rem; max-width: 18rem; border-right: 1px solid var(--rule); white-space: normal; font-weight: 400; }
.grid thead th:first-child { z-index: 2; font-weight: 600; }
.grid .prompt { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 5; overflow: hidden; }
.grid .recommended { background: var(--accent-soft); }
.grid thead .recommended small { color: var(--accent); }
.grid img[role=button] { cursor: pointer; }
.grid img[aria-pressed=true] { outline: 3px solid var(--accent); outline-offset: 1px; }
.grid img[role=button]:focus-visible { outline: 4px solid var(--ink); }
.none { color: var(--muted); font-size: 0.85rem; }

.numbers { width: 100%; font-variant-numeric: tabular-nums; }
.numbers th, .numbers td { padding: 0.45rem 0.75rem; white-space: nowrap; overflow-wrap: normal; }
.numbers tbody th { font-weight: 600; white-space: normal; min-width: 7rem; overflow-wrap: anywhere; }
.outcome { font-weight: 600; color: var(--unclear); } .outcome.closer { color: var(--good); } .outcome.farther { color: var(--bad); }
.drawn { vertical-align: middle; }
.interval { display: block; }
.interval .zero { stroke: var(--muted); stroke-dasharray: 2 2; } .interval .reach { stroke: var(--first); stroke-width: 2; } .interval circle { fill: var(--first); }

.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); gap: 1.5rem; }
.chart { display: block; width: 100%; height: auto; max-width: 44rem; }
.charts figcaption { font-size: 0.9rem; color: var(--muted); } .charts figcaption strong { color: var(--ink); }
.chart text { fill: var(--ink); font: 13px system-ui, sans-serif; }
.axes text { fill: var(--muted); }
.rule { stroke: var(--rule); } .tick { stroke: var(--muted); } .chart .zero { stroke: var(--ink); stroke-width: 1.25; }
.series-1 { --tone: var(--first); } .series-2 { --tone: var(--second); }
.line path { fill: none; stroke: var(--tone); stroke-width: 2; stroke-linejoin: round; } .line.series-2 path { stroke-dasharray: 6 4; }
.dots { fill: var(--tone); } .band path { fill: var(--tone); fill-opacity: 0.16; stroke: var(--tone); stroke-opacity: 0.35; }
.mark line { stroke: var(--good); stroke-width: 1.5; stroke-dasharray: 3 3; } .chart .mark text { fill: var(--good); font-weight: 600; }
details { margin-top: 0.75rem; } summary { cursor: pointer; color: var(--accent); } details .scroll { margin-top: 0.5rem; max-height: 24rem; }

.examples { display: flex; gap: 1rem; margin: 0; padding: 0 0 0.5rem; list-style: none; flex-wrap: wrap; }
.examples li { flex: 0 0 auto; width: min-content; min-width: 6.5rem; }
.examples figcaption { font-size: 0.8rem; line-height: 1.35; color: var(--muted); display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 4; overflow: hidden; }

@media (min-width: 62rem) { .compare:has(.controls:not([hidden])) { grid-template-columns: minmax(16rem, 22rem) minmax(0, 1fr); } }
@media (max-width: 40rem) { .grid th:first-child { min-width: 7rem; width: 7rem; font-size: 0.85rem; } .chart text { font-size: 15px; } .numbers th, .numbers td { padding: 0.4rem 0.5rem; } .numbers thead th { white-space: normal; } }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
@media (forced-colors: active) {
  :root { --ink: CanvasText; --muted: CanvasText; --rule: GrayText; --accent: Highlight; --first: CanvasText; --second: LinkText; --good: CanvasText; --bad: CanvasText; --unclear: CanvasText; }
  [data-view=slider] .pair::after { background: Highlight; forced-color-adjust: none; }
}
@media print { .controls, .size, .split, nav, .skip { display: none !important; } .scroll { overflow: visible; max-height: none; } section { break-inside: avoid-page; } }
`;
