import { describe, expect, it } from 'vitest';
import type { TextRange } from '../../src/core/index.ts';
import { verify } from '../../src/languages/typescript/verify.ts';

/** The problems of a text in which each first text gives way to its second one. */
function problems(before: string, changes: readonly (readonly [string, string])[], path = 'src/main.ts') {
  let after = before;
  const edited: TextRange[] = [];
  for (const [from, to] of changes) {
    const start = before.indexOf(from);
    edited.push({ start, end: start + from.length });
    after = after.replace(from, () => to);
  }
  return verify({ path, text: before, bom: false, language: 'typescript' }, after, edited);
}

/** The problems of a whole new text, of which nothing was meant to change. */
function changed(before: string, after: string, path = 'src/main.ts') {
  return verify({ path, text: before, bom: false, language: 'typescript' }, after, []);
}

const MAIN =
  "import { warm } from './cache';\n\n// Zürich first.\nasync function main() {\n  await warm('eu');\n  app.listen(3000);\n}\n";

describe('a rewritten text that may be written', () => {
  it.each([
    ['a step that moved', MAIN, [["await warm('eu')", "startupTasks.start('warm', () => warm('eu'))"]], 'src/main.ts'],
    ['markup', 'const a = <p>one {two} // three</p>;\nawait b();\n', [['await b()', 'c()']], 'src/main.tsx'],
    ['markup in JavaScript', 'const a = <p>one</p>;\nb();\n', [['b()', 'c()']], 'src/main.js'],
    [
      'decorators of both kinds',
      '@A() export class B { @c() d = 1; constructor(@E() private e: F) {} }\nb();\n',
      [['b()', 'c()']],
      'src/main.ts',
    ],
    ['Flow', 'type A = {| +a: 1 |};\nconst f = (x: ?A): void => {};\nb();\n', [['b()', 'c()']], 'src/main.js'],
    [
      'a template in a template',
      ['const a = `x $', '{`y $', '{z}`} /* no comment */`; // one\nb();\n'].join(''),
      [['b()', 'c()']],
      'src/main.js',
    ],
    ['a regular expression', 'const a = /\\/\\*/g; /* one */ b();\n', [['b()', 'c()']], 'src/main.js'],
    ['Windows line ends', MAIN.replaceAll('\n', '\r\n'), [["await warm('eu')", "warm('eu')"]], 'src/main.ts'],
  ] as const)('has %s', (_name, before, changes, path) => {
    expect(problems(before, changes, path)).toEqual([]);
  });

  it('has an await more where one may stand', () => {
    expect(changed('async () => { a(); };', 'async () => { a(); await b(); };')).toEqual([]);
    expect(changed('await a();\nb();', 'await a();\nawait c();\nb();')).toEqual([]);
    expect(problems('await a();\nb();\n', [['await a()', 'c(async () => await a())']])).toEqual([]);
  });
});

describe('a rewritten text that must not be written', () => {
  it.each([
    ['a syntax error', MAIN, MAIN.replace('app.listen', 'app..listen'), 'has a syntax error at line 6'],
    ['a token less', MAIN, MAIN.replace("'eu'", ''), "has lost `'eu'`"],
    ['a comment less', MAIN, MAIN.replace('// Zürich first.\n', ''), 'has lost `// Zürich first.`'],
    ['another comment', 'a(); /* one\n two */ b();', 'a(); /* one\n   two */ b();', 'has lost `/* one\n two */`'],
    ['another string', 'a(`one\n  two`);', 'a(`one\n    two`);', 'has lost ``one\n  two``'],
    ['tokens in another order', 'a(); b();', 'b(); a();', 'has lost `b`'],
    ['another hashbang', '#!/usr/bin/env node\na();', '\n#!/usr/bin/env node\na();', undefined],
    [
      'a statement above its directive',
      "'use strict';\na();",
      "b();\n'use strict';\na();",
      "has a statement above its 'use strict'",
    ],
    [
      'a statement above the directive of a function',
      'function a() {\n  "use server";\n  b();\n}',
      'function a() {\n  c();\n  "use server";\n  b();\n}',
      'has a statement above its "use server"',
    ],
    ['an await at its top', 'a();\n', 'await b();\na();\n', 'has an await at its top level'],
    [
      'an await in a function that is not async',
      'function a() { b(); }',
      'function a() { b(); await (c()); }',
      'has an await outside of an async function',
    ],
    [
      'an await in a callback',
      'async function a() { b(() => { c(); }); }',
      'async function a() { b(() => { c(); await d(); }); }',
      'has an await outside of an async function',
    ],
    [
      'a loop that awaits',
      'function a() { b(); }',
      'function a() { b(); for await (const c of d) e(c); }',
      'has an await outside of an async function',
    ],
    [
      'a break that leads nowhere',
      'for (;;) { a(); }',
      'for (;;) { a(); b(() => { break; }); }',
      'has a break that leads nowhere',
    ],
    ['a name twice', 'const a = 1;\nb(a);', 'const a = 1;\nb(a);\nconst { c: a } = d;', 'has two declarations of a'],
    [
      'an import of a name that is there',
      "import { a } from 'a';\nb(a);",
      "import { a } from 'a';\nimport a from 'c';\nb(a);",
      'has two declarations of a',
    ],
  ])('has %s', (_name, before, after, problem) => {
    const found = changed(before, after, 'src/main.js');
    if (problem === undefined) expect(found).not.toEqual([]);
    else expect(found).toEqual([problem]);
  });

  it('has lost text of markup', () => {
    expect(changed('const a = <p>one two</p>;', 'const a = <p>one  two</p>;', 'a.tsx')).toEqual(['has lost `one two`']);
  });

  it('has types in a script that no parser reads', () => {
    expect(changed('a();', 'a(); const b: {| c: 1 = d;', 'a.js')).toEqual(['has a syntax error at line 1']);
  });
});
