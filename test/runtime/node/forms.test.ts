import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { format, type Options } from 'prettier';
import { afterAll, describe, expect, test } from 'vitest';
import {
  type HelperForm,
  type HelperStyle,
  helperVersion,
  startupTasksSource,
} from '../../../src/runtime/typescript.ts';
import { asCommonJs, eraseTypes } from './erase-types.ts';

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'startup-tasks-'));
const forms: readonly HelperForm[] = ['typescript', 'esm', 'commonjs'];
const styles: readonly [string, HelperStyle, Options][] = [
  ['as prettier writes by itself', {}, {}],
  ['with single quotes', { quote: "'", trailingCommas: 'es5' }, { singleQuote: true, trailingComma: 'es5' }],
  [
    'without semicolons',
    { semicolons: false, quote: "'", trailingCommas: 'none' },
    { semi: false, singleQuote: true, trailingComma: 'none' },
  ],
  ['with tabs', { indentUnit: '\t' }, { useTabs: true, tabWidth: 4 }],
  ['with bare parameters', { arrowParens: 'avoid', indentUnit: '    ' }, { arrowParens: 'avoid', tabWidth: 4 }],
  ['with Windows line endings', { eol: '\r\n', indentUnit: '    ' }, { endOfLine: 'crlf', tabWidth: 4 }],
];

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('the JavaScript forms are the TypeScript one without its types', async () => {
  const esm = eraseTypes(startupTasksSource('typescript'));
  const at = (name: string) => resolve('src/runtime/typescript', name);
  await expect(esm).toMatchFileSnapshot(at('startup-tasks.mjs'));
  await expect(asCommonJs(esm)).toMatchFileSnapshot(at('startup-tasks.cjs'));
});

describe.each(styles)('%s', (_, style, options) => {
  test.each(['esm', 'commonjs'] as const)('the %s form runs, and does not keep the process alive', async (form) => {
    const project = projectOf(form, style);
    const { stdout } = await run(process.execPath, [join(project, 'server.js')], { timeout: 20_000 });
    expect(stdout.split('\n')).toEqual([
      'In the background: warmCache, pollQueue',
      'listens',
      'warmCache: started',
      'warmCache: ready after 0.0 s',
      'pollQueue: started',
      'stopped',
      '',
    ]);
  });

  test.each(forms)('the %s form is known again', (form) => {
    const text = startupTasksSource(form, style);
    expect(helperVersion(text)).toBe('current');
    expect(helperVersion(text.replace('?? 30', '?? 60'))).toBe('edited');
    expect(helperVersion(text.replace('version 1', 'version 0.9'))).toBe('older');
  });

  test.each(forms)('prettier leaves the %s form as it is, at any line length', async (form) => {
    const text = startupTasksSource(form, style);
    const parser = form === 'typescript' ? 'typescript' : 'babel';
    for (const printWidth of [80, 120]) {
      expect(await format(text, { ...options, parser, printWidth })).toBe(text);
    }
  });

  test('keeps to it throughout', () => {
    const text = startupTasksSource('commonjs', style);
    expect(text.includes('\r\n')).toBe(style.eol === '\r\n');
    expect(/;\r?$/m.test(text)).toBe(style.semicolons !== false);
    expect(text.includes('"')).toBe(style.quote !== "'");
    expect(/^\t/m.test(text)).toBe(style.indentUnit === '\t');
  });
});

describe('tsc --strict takes the TypeScript form', () => {
  const strict = {
    target: 'es2022',
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    noPropertyAccessFromIndexSignature: true,
    noImplicitReturns: true,
    noUnusedLocals: true,
    noUnusedParameters: true,
    erasableSyntaxOnly: true,
    isolatedModules: true,
  };
  test.each([
    ['as an ES module', 'module', { module: 'nodenext', verbatimModuleSyntax: true }],
    ['as CommonJS', 'commonjs', { module: 'nodenext' }],
    ['for a bundler', 'module', { module: 'esnext', moduleResolution: 'bundler', lib: ['es2022', 'dom'] }],
  ])('%s', async (_, type, options) => {
    const project = projectOf('typescript', {}, type);
    const compilerOptions = { ...strict, ...options, types: ['node'], outDir: 'out' };
    writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }));
    await run(process.execPath, [resolve('node_modules/typescript/bin/tsc'), '-p', project]);
    const { stdout } = await run(process.execPath, [join(project, 'out/server.js')], { timeout: 20_000 });
    expect(stdout).toContain('warmCache: ready');
  });
});

test.each([
  ['a file of the project', 'export class StartupTasks {}\n'],
  ['one that speaks of it', '// Written by startup-codemod.\nexport class StartupTasks {}\n'],
])('%s is no copy', (_, text) => {
  expect(helperVersion(text)).toBeUndefined();
});

const server = `
const server = createServer();
const startupTasks = new StartupTasks();
startupTasks.start('warmCache', () => Promise.resolve());
startupTasks.startService('pollQueue', () => new Promise(() => undefined));
void startupTasks.holdUntilListening(server);
server.listen(0, () => {
  console.log('listens');
  void startupTasks.waitReady(10).then(async () => {
    await startupTasks.stop();
    server.close();
    console.log('stopped');
  });
});
// Nothing listens for it: it must not keep the process alive.
const neverReleased = new StartupTasks();
neverReleased.start('buildIndex', () => undefined);
void neverReleased.holdUntilListening(createServer());
`;

/** A project that consists of the helper and a server. */
function projectOf(form: HelperForm, style: HelperStyle, type = form === 'commonjs' ? 'commonjs' : 'module'): string {
  const project = mkdtempSync(join(folder, `${form}-`));
  const extension = form === 'typescript' ? 'ts' : 'js';
  const imports =
    form === 'commonjs'
      ? `const { createServer } = require('node:http');\nconst { StartupTasks } = require('./startup-tasks.js');\n`
      : `import { createServer } from 'node:http';\nimport { StartupTasks } from './startup-tasks.js';\n`;
  writeFileSync(join(project, 'package.json'), JSON.stringify({ type }));
  writeFileSync(join(project, `startup-tasks.${extension}`), startupTasksSource(form, style));
  writeFileSync(join(project, `server.${extension}`), imports + server);
  if (form === 'typescript') symlinkSync(resolve('node_modules'), join(project, 'node_modules'), 'junction');
  return project;
}
