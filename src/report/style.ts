import { trusted } from './html.ts'

const colors = `
:root{color-scheme:light dark;--page:#f6f5f1;--card:#fff;--ink:#1c2127;--soft:#59626d;--line:#e2e0d8;--track:#efede6;
--accent:#1f5fae;--other:#b4560b;--band:#1f5fae26;--good:#23784c;--doubt:#c98a12;--bad:#b93a32;--mark:#e0a51b}
@media(prefers-color-scheme:dark){:root{--page:#121518;--card:#1b1f24;--ink:#e9e7e2;--soft:#a4adb7;--line:#313840;--track:#272d33;
--accent:#74aef5;--other:#f0a35e;--band:#74aef52e;--good:#5fbf8d;--doubt:#e2b04a;--bad:#ef8379;--mark:#f0bd48}}`

const text = `
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
main,header,footer{max-width:1120px;margin:0 auto;padding:0 20px}
header{padding-top:44px}h1{font-size:clamp(1.6rem,4.5vw,2.3rem);line-height:1.15;letter-spacing:-.015em;margin:.1em 0 .25em}
h2{font-size:1.25rem;letter-spacing:-.01em;margin:0 0 14px}h3{font-size:1rem;margin:0 0 6px}
.over{font-size:.8rem;letter-spacing:.09em;text-transform:uppercase;color:var(--accent);font-weight:600;margin:0}
.lead,.note,.file,footer,small{color:var(--soft)}.lead{margin:0}.note{font-size:.9rem;max-width:72ch;margin:10px 0}
section{background:var(--card);border:1px solid var(--line);border-radius:14px;padding:24px;margin:22px 0}
footer{font-size:.85rem;padding-bottom:44px}code,.model{font-family:ui-monospace,Menlo,Consolas,monospace;font-size:.85em}
.model,.file,bdi{overflow-wrap:anywhere}.model{display:block;min-width:6.5rem}`

const tables = `
.scroll{overflow-x:auto;margin:8px 0}.scroll+.scroll{margin-top:28px}.scroll:focus-visible,summary:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:4px}
table{border-collapse:collapse;width:100%;font-size:.92rem}caption{text-align:left;color:var(--soft);font-size:.9rem;padding-bottom:6px}
th,td{padding:7px 10px;border-bottom:1px solid var(--line);text-align:right;vertical-align:baseline;font-variant-numeric:tabular-nums}
thead th{font-weight:600;font-size:.82rem;color:var(--soft);border-bottom-width:2px}
td{white-space:nowrap}th:first-child{text-align:left;padding-left:0}tbody th{font-weight:500}td:last-child,th:last-child{padding-right:0}
td small{display:block;font-size:.75rem;line-height:1.2}tbody tr:last-child>*{border-bottom:0}
details{margin-top:6px}summary{cursor:pointer;color:var(--accent);font-size:.9rem}`

const tiles = `
.tiles{display:grid;grid-template-columns:repeat(4,1fr);gap:12px;margin:14px 0}.tile{border-top:3px solid var(--line);padding-top:8px}
.tile dt{font-size:.9rem;color:var(--soft)}.tile dd{margin:0}.tile b{font-size:1.9rem;line-height:1.2;font-weight:650}.tile span{color:var(--soft);font-size:.9rem}
.tile.accepted{border-color:var(--good)}.tile.needsReview{border-color:var(--doubt)}.tile.failed{border-color:var(--bad)}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,420px),1fr));gap:14px 40px;align-items:start;margin-top:18px}
@media(max-width:560px){.tiles{grid-template-columns:repeat(2,1fr)}section{padding:18px 16px}main,header,footer{padding-left:12px;padding-right:12px}}`

const charts = `
svg{display:block;width:100%;height:auto}figure{margin:0;max-width:560px}figcaption{font-weight:600;margin-bottom:8px}
svg text{font:13px system-ui,sans-serif;fill:var(--ink)}.ticks text{fill:var(--soft);font-size:12px}svg .count{font-weight:600}
.verdicts{height:14px;border-radius:7px}.verdicts .accepted{fill:var(--good)}.verdicts .needsReview{fill:var(--doubt)}.verdicts .failed{fill:var(--bad)}
.grid path{stroke:var(--line)}.axis{fill:none;stroke:var(--soft)}.track{fill:var(--track)}.bar{fill:var(--accent)}
.band{fill:var(--band)}.line{fill:none;stroke-width:2}.line.own{stroke:var(--accent);stroke-width:2.5}.line.baseline{stroke:var(--other)}
.line.best{stroke:var(--soft);stroke-dasharray:2 4}.line.chance{stroke:var(--soft);stroke-width:1.2}
.whisker{stroke:var(--accent);stroke-width:2;opacity:.45}.dot{fill:var(--accent);stroke:var(--card);stroke-width:1.5}
.legend{list-style:none;display:flex;flex-wrap:wrap;gap:4px 18px;padding:0;margin:8px 0;font-size:.88rem;color:var(--soft)}
.legend li{display:flex;align-items:center;gap:7px}.legend svg{width:26px;flex:none}
@media(max-width:560px){.ticks text,svg text{font-size:15px}}`

const gallery = `
.gallery{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,300px),1fr));gap:18px}
article{border:1px solid var(--line);border-radius:10px;overflow:hidden;padding:0 14px 12px;min-width:0}
.crop{position:relative;margin:0 -14px 12px;border-bottom:1px solid var(--line);background:#fff}.crop img{display:block;width:100%;height:auto}
.box{position:absolute;outline:2px solid var(--mark);outline-offset:2px;border-radius:2px}
.nopicture{margin:0 -14px 12px;padding:26px 14px;background:var(--track);color:var(--soft);font-size:.88rem;text-align:center}
article dl{display:grid;grid-template-columns:max-content 1fr;gap:3px 12px;margin:0;font-size:.92rem}article dt{color:var(--soft)}article dd{margin:0;min-width:0}
.flags{margin:8px 0 0;padding-left:18px;font-size:.86rem;overflow-wrap:anywhere}.file{margin:8px 0 0;font-size:.78rem}
@media print{section,article{break-inside:avoid}}`

/** The whole style of a report: it asks nothing of the network, and follows the reader's choice of light or dark. */
export const style = trusted([colors, text, tables, tiles, charts, gallery].join(''))
