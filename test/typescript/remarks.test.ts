import { describe, expect, it } from 'vitest';
import type { StartupHook } from '../../src/core/index.ts';
import { createModules } from '../../src/languages/typescript/modules/modules.ts';
import { findRemarks } from '../../src/languages/typescript/remarks/remarks.ts';
import { memoryProject } from '../memory-project.ts';

function remarksIn(source: string, hooks: readonly StartupHook[] = [], path = 'main.ts') {
  const module = createModules(memoryProject({ [path]: source })).at(path);
  if (!module) throw new Error(`${path} does not parse`);
  return findRemarks(module, hooks);
}

function withoutRemarks(source: string): string {
  return remarksIn(source).reduceRight((text, { range }) => text.slice(0, range.start) + text.slice(range.end), source);
}

describe('remarks', () => {
  it.each([
    ['// TODO: fix later', undefined],
    ['//TODO fix later', undefined],
    ['// @todo: später', undefined],
    ['// todo(ana): später', undefined],
    ['// FIXME', undefined],
    ['/* TODO: fix later */', undefined],
    ['/*\n * TODO: fix the pool,\n * it is too small\n */', undefined],
    ['/* Temporarily disabled:\nawait startMail();\n*/', 'await startMail()'],
    ['// TEMPORARILY DISABLED: await startMail();', 'await startMail()'],
    ['// Temporarily disabled - causing startup delays\n// await startMail();', 'await startMail()'],
    ['// await startMail(); // disabled for now', 'await startMail()'],
    ['// await pool.init(8); // TODO: make configurable', 'await pool.init(8)'],
    ['// TODO: turn on again\n//startMail();', 'startMail()'],
    [
      '// Skipped for now\n// const mail = await Mail.open({\n//   from: "é",\n// });',
      'const mail = await Mail.open({ from: "é", })',
    ],
    ['// disabled for now\n// if (mail) {\n//   await mail.start();\n// }', 'await mail.start()'],
    ['// Commented out to speed up startup - uncomment if needed\n// await warm();', 'await warm()'],
    [
      '// for now\n// setInterval(async () => {\n//   await sync();\n// }, 1000);',
      'setInterval(async () => { await sync(); }, 1000)',
    ],
    ['// vorübergehend deaktiviert\n// await warm()', 'await warm()'],
    ['// временно отключено', undefined],
    ['// 暂时禁用', undefined],
    ['// tymczasowo wyłączone', undefined],
    ['// Geçici olarak devre dışı', undefined],
    ['// tijdelijk uitgeschakeld', undefined],
    ['// Tạm thời tắt', undefined],
    ['// Désactivé temporairement', undefined],
  ])('%s', (source, call) => {
    const [remark, ...more] = remarksIn(`${source}\nlet x = 1;\n`);
    expect(more).toEqual([]);
    expect(remark?.text).toBe(source.replace(/^ +/gm, ''));
    expect(remark?.disabledCall).toBe(call);
  });

  it.each([
    '// await initDb();',
    '// migrations are run by the pipeline\n// await initDb();',
    '// Temporarily disable foreign keys, so that tables can be copied',
    '// for now the first entry counts',
    '// a todo list of the day',
    '// eslint-disable-next-line no-console -- TODO',
    '// @ts-expect-error TODO: types of é',
    '// @ts-ignore FIXME',
    '// TODO: rename // eslint-disable-line camelcase',
    '// prettier-ignore TODO',
    '/* istanbul ignore next: TODO */',
    '/* c8 ignore next 3 -- TODO */',
    '// biome-ignore lint/suspicious/noExplicitAny: TODO',
    '//#region TODO',
    '//# sourceMappingURL=main.js.map',
    '/// <reference path="TODO.d.ts" />',
    '// startup-codemod: background — TODO',
    '// Copyright 2024\n// TODO: year',
    '/* MIT License\n TODO: year */',
    '/** TODO: describe */',
    '/* Opens the pool.\n   TODO: close it */',
    '/* TODO: type */ let z = 3;',
    'const text = "// TODO: in a string";',
    'const text = `\n// TODO: in a template\n`;',
    'const pattern = /[/][/] TODO/;',
    'f(/* TODO: name */ 1);',
    'try {\n  f();\n} catch {\n  // TODO: tell the user\n}',
    'const later = () => { // TODO\n};',
    'function none() {\n  /* TODO: é */\n}',
    'const page = import(/* webpackChunkName: "TODO" */ "./page");',
  ])('none in %s', (source) => {
    expect(remarksIn(`${source}\nlet y = 2;\n`)).toEqual([]);
  });

  it('none in JSX', () => {
    const source = 'export const Page = () => (\n  <p>\n    {/* TODO: é */}\n    // TODO: text\n  </p>\n);\n';
    expect(remarksIn(source, [], 'page.tsx')).toEqual([]);
  });

  it('remove whole lines, or a trailing comment with its blanks', () => {
    const source =
      'let x = 1;\n// Keeps é.\n// TODO: fix\n//   both of them\n// Keeps too.\nlet y = 2; // FIXME later\r\n/*\n * TODO\n */\nlet z;\n';
    expect(withoutRemarks(source)).toBe('let x = 1;\n// Keeps é.\n// Keeps too.\nlet y = 2;\r\nlet z;\n');
  });

  it('remove one of two blank lines that would meet', () => {
    expect(withoutRemarks('let x = 1;\n\n// TODO: é\n\nlet y = 2;\n')).toBe('let x = 1;\n\nlet y = 2;\n');
  });

  it('leave code that is switched off', () => {
    const source = 'if (false) { // Temporarily disabled\n  await warm();\n}\n';
    expect(withoutRemarks(source)).toBe('if (false) {\n  await warm();\n}\n');
  });

  it('know whether they stand in a hook', () => {
    const source = '// TODO: outside\nasync function main() {\n  // TODO: inside\n  await listen();\n}\n';
    const hook = { path: 'main.ts', range: { start: source.indexOf('async'), end: source.length } } as StartupHook;
    expect(remarksIn(source, [hook]).map((remark) => remark.inHook)).toEqual([false, true]);
  });
});
