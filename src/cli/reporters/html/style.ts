/** The look of the page: light and dark, as the reader's system is set. Nothing is said by colour alone. */
export const style = `
:root {
  color-scheme: light dark;
  --ground: #ffffff; --text: #1f2328; --dim: #59636e; --line: #d1d9e0; --soft: #f6f8fa; --link: #0550ae;
  --waits: #0969da; --needless: #bc4c00; --undecided: #8250df; --background: #1a7f37; --never: #cf222e;
  --added: #dafbe1; --removed: #ffebe9; --named: #fff8c5;
  --keyword: #a40e26; --string: #0a3069; --comment: #59636e; --name: #6639ba; --value: #0550ae;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #0d1117; --text: #e6edf3; --dim: #9da7b3; --line: #3d444d; --soft: #161b22; --link: #79c0ff;
    --waits: #58a6ff; --needless: #f0883e; --undecided: #d2a8ff; --background: #56d364; --never: #ff7b72;
    --added: #12311d; --removed: #3c1618; --named: #3a3000;
    --keyword: #ff9d96; --string: #a5d6ff; --comment: #a3adb8; --name: #d2a8ff; --value: #79c0ff;
  }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 80rem; padding: 1rem; background: var(--ground); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
code, .label { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: .85em; }
code { unicode-bidi: isolate; overflow-wrap: anywhere; }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; left: -999rem; }
.skip:focus { position: static; }
nav a { margin-right: 1rem; }
section { margin-top: 2rem; }
figure { margin: 1rem 0; }
figcaption { margin-bottom: .5rem; }
footer { margin-top: 3rem; color: var(--dim); }
.alarm { border: 2px solid var(--never); border-radius: .5rem; padding: 0 1rem; }
.alarm h2 { color: var(--never); margin: .75rem 0 0; }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: .5rem; }
.timeline { display: block; padding: .5rem; box-sizing: content-box; }
.timeline text { fill: var(--text); font-size: 13px; }
.timeline .head { font-weight: 600; }
.timeline .blocked { fill: var(--never); }
.bar { stroke-width: 1.5; fill: none; }
.bar.waits, .tip.waits { fill: var(--waits); }
.bar.needless { fill: var(--needless); }
.bar.undecided { fill: none; stroke: var(--undecided); }
.bar.never, .tip.never { fill: var(--never); }
.bar.unreached { stroke: var(--dim); stroke-dasharray: 4 3; }
.bar.background { stroke: var(--background); }
.tip.background { fill: var(--background); }
.axis { stroke: var(--line); }
.listens { stroke: var(--text); stroke-width: 2; }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; padding: 0; list-style: none; }
form { display: flex; flex-wrap: wrap; gap: .75rem 1.25rem; align-items: center; margin-bottom: .75rem; }
form[hidden] { display: none; }
input, select, button { font: inherit; color: inherit; background: var(--ground); border: 1px solid var(--dim); border-radius: .25rem; padding: .15rem .5rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .4rem .6rem; }
.decisions th, .decisions td { border-bottom: 1px solid var(--line); font-weight: normal; }
.decisions thead th, .decisions [scope=rowgroup] { background: var(--soft); font-weight: 600; }
.decisions [scope=row] { width: 16rem; min-width: 12rem; }
.decisions td:nth-child(2) { width: 9rem; min-width: 8rem; }
.decisions td:last-child { width: 13rem; min-width: 10rem; }
.decisions td:nth-child(3) { min-width: 16rem; }
.decisions ul { margin: .25rem 0 0; padding-left: 1.1rem; color: var(--dim); }
.weight { font-variant-numeric: tabular-nums; }
.verdict { font-weight: 600; }
.verdict.critical { color: var(--waits); }
.verdict.background { color: var(--background); }
.verdict.undecided { color: var(--undecided); }
.verdict.never { color: var(--never); }
.code { font-size: .9rem; }
.code th, .code td { padding: 0 .5rem; }
.sides { min-width: 50rem; }
.sides td:not(.number) { width: 48%; }
.code code { white-space: pre-wrap; tab-size: 4; }
.code .number { width: 1%; min-width: 3rem; color: var(--dim); text-align: right; user-select: none; font-variant-numeric: tabular-nums; }
.code thead { background: var(--soft); }
.code tbody + tbody { border-top: 6px double var(--line); }
.code .added { background: var(--added); color: var(--text); }
.code .removed { background: var(--removed); color: var(--text); }
.code .empty { background: var(--soft); }
.code .named td { background: var(--named); color: var(--text); }
tr:target { outline: 2px solid var(--link); outline-offset: -2px; }
.said { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.hljs-keyword, .hljs-built_in, .hljs-literal, .hljs-meta { color: var(--keyword); }
.hljs-string, .hljs-regexp { color: var(--string); }
.hljs-comment, .hljs-doctag { color: var(--comment); }
.hljs-title, .hljs-property { color: var(--name); }
.hljs-number, .hljs-attr, .hljs-variable { color: var(--value); }
`;
