import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { choices, transforms } from '../src/index.ts';
import { copyOfProject, runTool } from './end-to-end/tool.ts';

const readme = readFileSync('README.md', 'utf8');

test('the first example is what the tool says about the demo', () => {
  const { stdout } = runTool(copyOfProject('demo'), '.', '--dry-run');
  expect(stdout).toContain(block('demo', 'diff'));
});

test('the options are those of --help', () => {
  const { stdout } = runTool('.', '--help');
  expect(block('help', 'text')).toBe(stdout);
});

test('the transforms are those of the registry', () => {
  expect(table('transforms')).toEqual(transforms.map(({ id, description }) => [`\`${id}\``, description]));
});

test('the frameworks are those of the registry', () => {
  expect(table('frameworks').map(([id]) => id)).toEqual(choices.frameworks.map((id) => `\`${id}\``));
});

/** The code block after `<!-- mark -->`. */
function block(mark: string, language: string): string {
  const found = new RegExp(`<!-- ${mark} -->\n\`\`\`${language}\n(.*?)\`\`\``, 's').exec(readme);
  if (found?.[1] === undefined) throw new Error(`README.md has no ${language} block after <!-- ${mark} -->`);
  return found[1];
}

/** The cells of the table after `<!-- mark -->`, without its head. */
function table(mark: string): readonly (readonly string[])[] {
  const after = readme.split(`<!-- ${mark} -->\n`)[1] ?? '';
  const rows = /^(\|.*\n)+/.exec(after)?.[0].trimEnd().split('\n') ?? [];
  return rows.slice(2).map((row) =>
    row
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  );
}
