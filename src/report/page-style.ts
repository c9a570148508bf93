/**
 * Style of the report. Categorical colours are those of M. Okabe and K. Ito (2008), told apart by people with colour
 * blindness; in the dark they are lightened. Paper is always light.
 */
export const pageStyle = `
:root {
  --paper: #ffffff; --ink: #1a1f24; --muted: #5d6873; --line: #dfe3e8; --wash: #f6f7f9;
  --accent: #0b5fa5; --target: #00875f; --positive: #0072b2; --negative: #d55e00; --missing: #e9ecef;
  --converged: #0072b2; --gave-up: #e69f00; --stuck-high: #d55e00; --stuck-low: #cc79a7; --unreachable: #8a8f94;
  --all: #c3c9cf; --alarm: #b3261e;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #14171a; --ink: #e4e7ea; --muted: #99a3ad; --line: #2d3339; --wash: #1c2024;
    --accent: #63b3ec; --target: #45c99b; --positive: #63b3ec; --negative: #f28b50; --missing: #24292e;
    --converged: #4da6dd; --gave-up: #f0b840; --stuck-high: #f07f45; --stuck-low: #dba0c3; --unreachable: #9aa0a6;
    --all: #5b656f; --alarm: #ff8a80;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 40px 32px 48px; max-width: 1180px; background: var(--paper); color: var(--ink);
  font: 14px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  font-variant-numeric: tabular-nums; -webkit-text-size-adjust: 100%;
}
h1 { margin: 0; font-size: 24px; line-height: 1.25; font-weight: 600; letter-spacing: -0.01em; }
h2 { margin: 0 0 4px; font-size: 16px; font-weight: 600; }
h3 { margin: 0 0 6px; font-size: 14px; font-weight: 600; }
p { margin: 0; }
.subtitle, .lead, .note, footer { color: var(--muted); }
.lead { max-width: 110ch; margin-bottom: 14px; }
.note { font-size: 12px; }
.warning {
  margin-top: 16px; padding: 10px 14px; border-left: 3px solid var(--alarm); background: var(--wash);
  overflow-wrap: anywhere;
}
.headline {
  display: grid; grid-template-columns: repeat(auto-fill, minmax(140px, 1fr)); gap: 20px 24px;
  margin: 28px 0 0; padding: 18px 0; border-top: 1px solid var(--ink); border-bottom: 1px solid var(--line);
}
.headline dt { color: var(--muted); font-size: 12px; }
.headline dd { margin: 0; overflow-wrap: anywhere; }
.headline .value { font-size: 24px; line-height: 1.3; font-weight: 500; letter-spacing: -0.01em; }
@media (min-width: 860px) { .headline { grid-template-columns: repeat(var(--columns), 1fr); } }
section { margin-top: 40px; }
figure { margin: 0; }
figcaption { font-weight: 600; font-size: 13px; margin-bottom: 4px; }
figcaption .note { font-weight: 400; margin-left: 8px; }
.panel .note { display: block; margin: 0; min-height: 18px; }
svg { display: block; max-width: 100%; height: auto; overflow: visible; color: var(--muted); }
.panels { display: flex; flex-wrap: wrap; gap: 20px 8px; justify-content: flex-start; }
.pair { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 460px), 1fr)); gap: 28px 40px; }
.pair svg, .traces svg { width: 100%; }
.tables { display: flex; flex-wrap: wrap; gap: 28px 64px; margin-top: 28px; }
.text:first-child { white-space: nowrap; }
.traces { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 340px), 1fr)); gap: 28px 24px; }
.legend { display: flex; flex-wrap: wrap; gap: 2px 16px; margin-top: 4px; color: var(--muted); font-size: 12px; }
.swatch { display: inline-block; width: 10px; height: 10px; margin-right: 7px; border-radius: 2px; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: 13px; }
th, td { padding: 5px 32px 5px 0; text-align: left; vertical-align: baseline; border-bottom: 1px solid var(--line); }
th { color: var(--muted); font-weight: 500; }
thead th { border-bottom-color: var(--muted); white-space: nowrap; }
th:last-child, td:last-child { padding-right: 0; }
.number { text-align: right; white-space: nowrap; }
.facts { width: auto; }
.facts th { white-space: nowrap; padding-right: 28px; }
.facts td { overflow-wrap: anywhere; }
code, pre { font: 12px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
pre { margin: 8px 0 0; padding: 12px 14px; background: var(--wash); overflow-x: auto; }
details { margin-top: 12px; }
summary { cursor: pointer; color: var(--muted); }
.bar { display: inline-block; width: 160px; height: 8px; background: var(--missing); border-radius: 1px; }
.bar span { display: block; height: 100%; background: var(--converged); border-radius: 1px; }
.bar.narrow span { background: var(--stuck-high); }
footer { margin-top: 48px; padding-top: 12px; border-top: 1px solid var(--line); font-size: 12px; }
@page { margin: 14mm; }
@media print {
  body { padding: 0; max-width: none; font-size: 11px; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  section { margin-top: 24px; }
  h2, .lead, figcaption { break-after: avoid; }
  figure, tr, .headline, .lead { break-inside: avoid; }
  .scroll, pre { overflow: visible; }
  pre { white-space: pre-wrap; }
  .panel { width: 32%; }
  .pair { grid-template-columns: 1fr 1fr; }
  .traces { grid-template-columns: repeat(3, 1fr); gap: 14px; }
}
`;
