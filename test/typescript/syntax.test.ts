import { describe, expect, it } from 'vitest';
import { applyEdits, type FileFacts, type StartupHook, type TextRange } from '../../src/core/index.ts';
import { brokenCall } from '../../src/languages/typescript/syntax/broken-call.ts';
import { asyncFunction } from '../../src/languages/typescript/syntax/function-head.ts';
import { removeRemark } from '../../src/languages/typescript/syntax/remarks.ts';
import { helperImport } from '../../src/languages/typescript/syntax/set-up.ts';
import { statementEnd, statementMark } from '../../src/languages/typescript/syntax/text.ts';
import {
  bracketsOf,
  elementsIn,
  literalsAndComments,
  verbatimIn,
} from '../../src/languages/typescript/syntax/tokens.ts';
import { typescriptSyntax } from '../../src/languages/typescript/syntax.ts';
import { hookOf, server } from './hook-of.ts';

const NESTED = '`a $' + '{b ? `c $' + "{d}` : '}'} e`";
const WITH_REGEX = '`a $' + '{f({ g: /`/ })} h`';

describe('literals and comments', () => {
  it.each([
    [`x = 'a//b' // größe`, [`'a//b'`, '// größe']],
    ['x = "it\'s" /* a "b" */ + 1', ['"it\'s"', '/* a "b" */']],
    [`x = ${NESTED} + 1`, [NESTED]],
    [`x = ${WITH_REGEX} + 1`, [WITH_REGEX]],
    ['x = /[/"]+/gi.test(y) / 2 / z', ['/[/"]+/gi']],
    ['return /"/', ['/"/']],
    ['x = a / b; y = "c" / 1', ['"c"']],
    ['#!/usr/bin/env node\nx = 1', ['#!/usr/bin/env node']],
    [`x = 'open\ny = "b"`, [`'open`, '"b"']],
  ])('are found in %j', (text, expected) => {
    expect(literalsAndComments(text).map(({ start, end }) => text.slice(start, end))).toEqual(expected);
  });

  it('do not separate elements', () => {
    expect(elementsIn('"a,b", [1, 2], (x, y) => f(x, y), { größe: 1, b }')).toEqual([
      '"a,b"',
      '[1, 2]',
      '(x, y) => f(x, y)',
      '{ größe: 1, b }',
    ]);
  });

  it('over several lines are verbatim, comments are not', () => {
    const text = 'f(`a\n b`, "c");\n/* d\n e */';
    const ranges = verbatimIn(text, { start: 0, end: text.length });
    expect(ranges.map(({ start, end }) => text.slice(start, end))).toEqual(['`a\n b`']);
  });

  it('hold no brackets', () => {
    expect(bracketsOf('f("(", /[)]/, `{`) // )').replace(/[^(){}[\]]/g, '')).toBe('()');
  });
});

describe('a call that does not fit', () => {
  it.each([
    ['await load(größe, second)', 'await load(\n  größe,\n  second,\n)'],
    ['load(first, { b: 1, c })', 'load(first, {\n  b: 1,\n  c,\n})'],
    ['all([a(), b()])', 'all([\n  a(),\n  b(),\n])'],
    ['f().catch((error) => log(error))', 'f().catch((error) =>\n  log(error),\n)'],
    ['f(`(`)', 'f(\n  `(`,\n)'],
    ['stop()', undefined],
    ['a + b', undefined],
    ['(a)', undefined],
  ])('%s', (code, expected) => {
    expect(brokenCall(code, '', factsOf('', { trailingCommas: 'all' }))).toBe(expected);
  });
});

describe('a function that becomes async', () => {
  it.each([
    ['process.on("SIGTERM", () => {\n  HERE();\n});', 'process.on("SIGTERM", async () => {\n  HERE();\n});'],
    ['process.on("SIGTERM", (größe) => {\n  HERE();\n});', 'process.on("SIGTERM", async (größe) => {\n  HERE();\n});'],
    ['on("SIGTERM", signal => {\n  HERE();\n});', 'on("SIGTERM", async signal => {\n  HERE();\n});'],
    ['function stop(): void {\n  HERE();\n}', 'async function stop(): Promise<void> {\n  HERE();\n}'],
    ['export function stop(a = ")") {\n  HERE();\n}', 'export async function stop(a = ")") {\n  HERE();\n}'],
    ['on("exit", function () {\n  HERE();\n});', 'on("exit", async function () {\n  HERE();\n});'],
    ['public onModuleDestroy(): any {\n  HERE();\n}', 'public async onModuleDestroy(): any {\n  HERE();\n}'],
    ['const stop = (): void => HERE();', 'const stop = async (): Promise<void> => HERE();'],
    ['function* stop() {\n  HERE();\n}', undefined],
    ['get stop() {\n  HERE();\n}', undefined],
    ['stop(): boolean {\n  HERE();\n}', undefined],
    ['const stop = <T>(a: T) => {\n  HERE();\n};', undefined],
  ])('%s', (text, expected) => {
    const { hook } = hookOf(server('await warm();'));
    const stop: StartupHook = {
      ...hook,
      range: { start: 0, end: text.length },
      body: { ...hook.body, start: text.indexOf('HERE') },
    };
    const edits = asyncFunction(stop, factsOf(text));
    expect(edits && applyEdits(text, edits)).toBe(expected);
  });
});

describe('semicolons', () => {
  it('of the next line are not part of a statement', () => {
    const text = 'await warm()\n;[a].forEach(f)';
    expect(statementEnd(text, { start: 0, end: 14 })).toBe(12);
    expect(statementEnd('warm();', { start: 0, end: 7 })).toBe(7);
  });

  it.each([
    ['\n// größe\n[a].map(f)', ';'],
    ['`a`.trim()', ';'],
    ['  (async () => {})()', ';'],
    ['app.listen()', ''],
    ['}', ''],
  ])('stand in a file without them before %j', (next, expected) => {
    expect(statementMark(factsOf(next, { semicolons: false }), 0)).toBe(expected);
  });
});

describe('the import of the helper', () => {
  it.each([
    ['import a from "a";\n\nrun();\n', 19, 'import a from "a";\nHELPER\n\nrun();\n'],
    ['import a from "a";\nrun();\n', 19, 'import a from "a";\nHELPER\n\nrun();\n'],
    ['"use strict";\nconst größe = 1;\n', 14, '"use strict";\nHELPER\n\nconst größe = 1;\n'],
    ['import a from "a";', 18, 'import a from "a";\nHELPER\n'],
  ])('in %j', (text, at, expected) => {
    expect(applyEdits(text, helperImport(factsOf(text, {}, at)))).toBe(expected);
  });

  it('is not written twice', () => {
    const facts = factsOf('import { StartupTasks } from "./startup-tasks";\n');
    expect(helperImport({ ...facts, imports: { ...facts.imports, names: ['StartupTasks'] } })).toEqual([]);
  });
});

describe('a remark', () => {
  const removed = (text: string) => {
    const start = text.lastIndexOf('\n', text.indexOf('TODO')) + 1;
    const range: TextRange = { start, end: text.indexOf('\n', start) + 1 };
    return applyEdits(text, removeRemark({ line: 1, range, text: 'TODO', inHook: true }, factsOf(text)));
  };

  it.each([
    ['a();\n// TODO größe\nb();\n', 'a();\nb();\n'],
    ['a();\n\n// TODO\n\nb();\n', 'a();\n\nb();\n'],
    ['main() {\n  // TODO\n\n  b();\n}\n', 'main() {\n  b();\n}\n'],
    ['  a();\n\n  // TODO\n}\n', '  a();\n}\n'],
  ])('goes from %j', (text, expected) => {
    expect(removed(text)).toBe(expected);
  });
});

describe('names of steps', () => {
  const namesOf = (lines: string) => {
    const { hook, text } = hookOf(server(lines));
    return hook.steps.flatMap((step) => {
      const facts = { ...factsOf(text), hooks: [hook] };
      const edits = typescriptSyntax.runInBackground(step, hook, facts) ?? [];
      return edits.flatMap((edit) => /\.start(?:Service)?\(\s*'([^']*)'/.exec(edit.text)?.[1] ?? []);
    });
  };

  it.each([
    ['await warmCache()', ['warmCache']],
    ['await this.cache.warmUp()', ['cache.warmUp']],
    ['await services.mailer.start()', ['mailer.start']],
    ['await app.bot.launch()', ['bot.launch']],
    ['await getQueue().process()', ['getQueue.process']],
    ['await new Größe().load()', ['Größe.load']],
    [
      'await queue.start();\nawait cache.start();\nawait queue.start()',
      ['queue.start', 'cache.start', 'queue.start 2'],
    ],
    ['await a.warmCache();\nawait b.warmCache()', ['warmCache', 'b.warmCache']],
  ])('%j', (lines, expected) => {
    expect(namesOf(lines)).toEqual(expected);
  });
});

describe('what cannot be written', () => {
  it.each([
    ['uses the result later', 'const größe = await load();\nuse(größe);'],
    ['takes a result apart that is used later', 'const { size: größe } = await load();\nuse({ größe });'],
    ['ends in the line of other code', 'for (const a of b) { await load(a); } run();'],
  ])('%s', (_name, lines) => {
    const { hook, text } = hookOf(server(lines));
    const step = hook.steps.find(({ calls }) => calls[0]?.callee === 'load');
    expect(step?.shape).toBe('statements');
    const facts = { ...factsOf(text), hooks: [hook] };
    expect(step && typescriptSyntax.runInBackground(step, hook, facts)).toBeUndefined();
  });
});

/** Facts of a file in which only the style and the place of imports matter. */
function factsOf(text: string, style: Partial<FileFacts['style']> = {}, firstParty = 0): FileFacts {
  return {
    file: { path: 'main.ts', text, bom: false, language: 'typescript' },
    kind: 'server',
    hooks: [],
    remarks: [],
    thresholds: [],
    danglingTasks: [],
    style: { eol: '\n', indentUnit: '  ', quote: "'", lineLength: 80, semicolons: true, ...style },
    logger: { expression: 'console', library: 'console', setUpAt: firstParty },
    helper: { path: 'startup-tasks.ts', importStatement: 'HELPER', state: 'absent' },
    imports: { firstParty, standard: 0, names: [], statements: [] },
  };
}
