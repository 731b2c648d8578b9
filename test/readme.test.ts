import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { reviewKeys } from '../src/cli/review/keys.ts';
import { choices, type Report, transforms, traps } from '../src/index.ts';
import { configJsonSchema } from '../src/project/config-schema.ts';
import { copyOfProject, runTool, type ToolRun } from './end-to-end/tool.ts';

/** What stands after each `<!-- mark -->` of the README. `npx vitest run test/readme.test.ts -u` writes it anew. */
const generated: Readonly<Record<string, () => string>> = {
  demo: () => block('diff', lifespanOf(dryRun('demo').stdout)),
  'node-demo': () => block('diff', hunkOf(dryRun('node-express').stdout, 'src/server.js')),
  help: () => block('text', runTool('.', '--help').stdout),
  'review-keys': () =>
    table(
      ['key', 'what it does'],
      reviewKeys.map(({ key, does }) => [`\`${key}\``, does]),
    ),
  'pr-help': () => block('text', runTool('.', 'pr', '--help').stdout),
  transforms: () => table(['transform', 'what it does'], transformRows()),
  traps: () =>
    table(
      ['code', 'trap'],
      traps.map(({ code, title }) => [code, title]),
    ),
  config: () => table(['key', 'default', 'meaning'], configRows()),
  json: () => block('json', `${compact(JSON.parse(dryRun('failing-startup', '--format', 'json').stdout))}\n`),
};

test('what is generated in the README is what the tool says', async () => {
  const expected = Object.entries(generated).reduce((text, [mark, make]) => replaceAt(text, mark, make()), readme());
  await expect(expected).toMatchFileSnapshot(resolve('README.md'));
});

test('every framework has its row', () => {
  const rows = partsAt(readme(), 'frameworks').marked.split('\n').slice(2, -1);
  expect(rows.map((row) => row.split('`')[1])).toEqual(choices.frameworks);
});

test('the example of a configuration is accepted, and decides', () => {
  const folder = copyOfProject('demo');
  const example = partsAt(readme(), 'config-example').marked.split('\n').slice(1, -2).join('\n');
  writeFileSync(join(folder, 'startup-codemod.config.yaml'), example);
  const { status, stdout, stderr } = runTool(folder, '.', '--dry-run', '--format', 'json');
  expect(status, stderr).toBe(0);
  const report: Report = JSON.parse(stdout);
  const calls = report.files.flatMap((file) => file.hooks ?? []).flatMap((hook) => hook.calls);
  const warmUp = calls.find((call) => call.callee === 'recommendations.warm_up');
  expect(warmUp).toMatchObject({ decision: 'critical', decidedBy: 'config' });
});

function readme(): string {
  return readFileSync('README.md', 'utf8');
}

function dryRun(project: string, ...args: readonly string[]): ToolRun {
  return runTool(copyOfProject(project), '.', '--dry-run', ...args);
}

/** Of the demo's diff the part from the lifespan to its first guarded shutdown step: the others look the same. */
function lifespanOf(diff: string): string {
  const main = diff.slice(diff.indexOf('+++ b/cafe/main.py'));
  return main.slice(main.indexOf(' @asynccontextmanager'), main.indexOf('+    try:\n+        search_index.close()'));
}

/** The diff of one file, without its head. */
function hunkOf(diff: string, path: string): string {
  const own = diff.slice(diff.indexOf(`+++ b/${path}`));
  const end = own.indexOf('\ndiff --git');
  return own.slice(own.indexOf('\n') + 1, end < 0 ? undefined : end + 1);
}

function transformRows(): readonly (readonly string[])[] {
  return transforms.map(({ id, description, onRequest }) => [
    `\`${id}\`${onRequest ? ' (on request)' : ''}`,
    description,
  ]);
}

function configRows(): readonly (readonly string[])[] {
  const { properties } = configJsonSchema() as {
    properties: Record<string, { readonly description: string; readonly default?: unknown }>;
  };
  return Object.entries(properties)
    .filter(([key]) => key !== '$schema')
    .map(([key, { description, default: value }]) => [`\`${key}\``, `\`${JSON.stringify(value)}\``, description]);
}

/** JSON with as much on a line as fits into 120 columns. */
function compact(value: unknown, indent = ''): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  const items = Array.isArray(value)
    ? value.map((item) => compact(item, inner))
    : Object.entries(value).map(([key, item]) => `"${key}": ${compact(item, inner)}`);
  const line = `${open}${items.join(', ')}${close}`;
  if (!line.includes('\n') && indent.length + line.length <= 120) return line;
  const lines = Array.isArray(value) ? items : filled(items, 120 - inner.length);
  return `${open}\n${lines.map((text) => inner + text).join(',\n')}\n${indent}${close}`;
}

/** The items on as few lines as they fit on; one that has several lines stands alone. */
function filled(items: readonly string[], width: number): readonly string[] {
  const lines: string[] = [];
  for (const item of items) {
    const joined = [...lines.slice(-1), item].join(', ');
    if (joined.includes('\n') || joined.length > width) lines.push(item);
    else lines.splice(-1, 1, joined);
  }
  return lines;
}

function block(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\`\`\`\n`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |\n`).join('');
}

function replaceAt(text: string, mark: string, replacement: string): string {
  const { before, after } = partsAt(text, mark);
  return before + replacement + after;
}

/** A text around the block or table that follows a mark. */
function partsAt(text: string, mark: string): { before: string; marked: string; after: string } {
  const found = new RegExp(`(?<=<!-- ${mark} -->\n)(\`\`\`.*?\n\`\`\`\n|(?:\\|[^\n]*\n)+)`, 's').exec(text);
  if (!found) throw new Error(`README.md has no block or table after <!-- ${mark} -->`);
  const { index } = found;
  return { before: text.slice(0, index), marked: found[0], after: text.slice(index + found[0].length) };
}
