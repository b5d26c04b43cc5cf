/** How the report looks: light, quiet, wide enough for two curves side by side, and printable. */
export const REPORT_STYLE = `
:root { --ink:#1c2733; --soft:#5d6b7a; --line:#e4e9ee; --paper:#ffffff; --ground:#f5f7f9; --good:#12805c; --bad:#c62f3b; }
* { box-sizing:border-box; margin:0 }
body { font:15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; color:var(--ink); background:var(--ground); padding:32px 24px 56px }
main { max-width:1360px; margin:0 auto }
header { display:flex; flex-wrap:wrap; align-items:baseline; gap:6px 18px; margin-bottom:18px }
h1 { font-size:26px; font-weight:650; letter-spacing:-.01em }
h2 { font-size:17px; font-weight:650; margin:34px 0 12px }
h3 { font-size:14px; font-weight:600 }
h3 small { color:var(--soft); font-weight:400; margin-left:8px; font-size:12.5px }
.badge { font-weight:650; font-size:14px; padding:3px 12px; border-radius:99px; color:#fff; background:var(--good) }
.badge.bad { background:var(--bad) }
.about { color:var(--soft); flex-basis:100%; font-size:13.5px }
code { font:13px ui-monospace, "SF Mono", Menlo, "DejaVu Sans Mono", monospace; background:#eaeff3; padding:1px 6px; border-radius:4px; color:var(--ink) }
.tiles { display:grid; grid-template-columns:repeat(auto-fit,minmax(134px,1fr)); gap:12px }
.tile, .chart, .table { background:var(--paper); border:1px solid var(--line); border-radius:10px }
.tile { padding:13px 16px }
.tile b { display:block; font-size:25px; font-weight:620; letter-spacing:-.02em; line-height:1.25; font-variant-numeric:tabular-nums }
.tile span { color:var(--soft); font-size:12.5px }
.tile.good b { color:var(--good) } .tile.bad b { color:var(--bad) }
.charts { display:grid; grid-template-columns:repeat(auto-fit,minmax(min(100%,520px),1fr)); gap:14px }
.chart { padding:12px 14px 6px }
.chart.wide { grid-column:1/-1 }
figcaption { display:flex; flex-wrap:wrap; justify-content:space-between; gap:2px 16px; margin-bottom:4px }
.legend { list-style:none; padding:0; display:flex; flex-wrap:wrap; gap:2px 13px; font-size:12.5px; color:var(--soft) }
.legend i { display:inline-block; width:10px; height:10px; border-radius:3px; margin-right:5px }
svg { display:block; width:100%; height:auto }
svg .grid { stroke:var(--line); stroke-width:1 }
svg .tick { fill:var(--soft); font-size:10.5px; font-variant-numeric:tabular-nums }
svg .curve { fill:none; stroke-width:1.6; stroke-linejoin:round; stroke-linecap:round }
svg .area { opacity:.1 }
svg .mark { stroke-width:1; stroke-dasharray:3 3; opacity:.8 }
svg .span { fill:#c62f3b; opacity:.07 }
.table { overflow-x:auto }
table { border-collapse:collapse; width:100%; font-size:13.5px; font-variant-numeric:tabular-nums }
th, td { padding:6px 11px; text-align:right; border-bottom:1px solid var(--line); white-space:nowrap }
th { color:var(--soft); font-weight:500; font-size:12.5px }
tr:last-child td { border-bottom:0 }
th:first-child, td:first-child, .text { text-align:left }
.pair { display:grid; grid-template-columns:repeat(auto-fit,minmax(min(100%,520px),1fr)); gap:0 14px; align-items:start }
footer { color:var(--soft); font-size:13px; margin-top:30px; max-width:85ch }
.failures { color:var(--bad); white-space:pre-wrap; font:13px ui-monospace, monospace; margin-top:12px }
@media print { body { background:#fff; padding:0 } .chart, .tile, .table { break-inside:avoid } }
`;
