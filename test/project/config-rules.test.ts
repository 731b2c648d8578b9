import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ConfigRule } from '../../src/core/index.ts';
import { loadConfig } from '../../src/project/config.ts';
import { configWithRules } from '../../src/project/config-rules.ts';
import { folderWith } from './temporary-folder.ts';

const RULES: readonly ConfigRule[] = [
  { callee: '*.warm_*', decision: 'critical', reason: 'it is "needed": über all' },
  { category: 'telemetry', decision: 'background' },
];
const OLD: ConfigRule = { callee: 'ovens.*', decision: 'critical' };

const yaml = `# ours
exclude: ['legacy/**'] # why
rules:   # first match wins
  # the ovens
  - callee: 'ovens.*'
    decision: critical

# the end
touch: all
`;

describe('rules in front of those of a configuration', () => {
  it.each([
    ['startup-codemod.config.yaml', yaml, [OLD]],
    ['startup-codemod.config.yaml', yaml.replaceAll('\n  - ', '\n- ').replaceAll('\n    ', '\n  '), [OLD]],
    ['startup-codemod.config.yml', yaml.replaceAll('\n', '\r\n'), [OLD]],
    ['startup-codemod.config.yaml', '# only a comment', []],
    ['startup-codemod.config.yaml', 'rules: []\ntouch: all\n', []],
    ['startup-codemod.config.yaml', 'rules: [{ callee: ovens.*, decision: critical }] # flat\n', [OLD]],
    [
      'startup-codemod.config.json',
      '{\n\t"rules": [\n\t\t{ "callee": "ovens.*", "decision": "critical" }\n\t]\n}\n',
      [OLD],
    ],
    ['startup-codemod.config.json', '{}', []],
    ['package.json', '{\n  "name": "bäckerei",\n  "startup-codemod": {\n    "touch": "all"\n  }\n}\n', []],
    ['startup-codemod.config.toml', '# ours\ntouch = "all"\n\n[helper]\npath = "app"', []],
    ['startup-codemod.config.toml', 'rules = [\n  { callee = "ovens.*", decision = "critical" }, # they\n]\n', [OLD]],
    ['startup-codemod.config.toml', 'rules = [{ callee = "ovens.*", decision = "critical" }]\n', [OLD]],
    ['startup-codemod.config.toml', '# ours\r\n[[rules]]\r\ncallee = "ovens.*"\r\ndecision = "critical"\r\n', [OLD]],
    [
      'pyproject.toml',
      '[project]\nname = "b"\n[tool.startup-codemod]\ntouch = "all"\n[tool.ruff]\nline-length = 100',
      [],
    ],
  ])('%s: %j', (name, before, own) => {
    const folder = folderWith({ [name]: before });
    const change = configWithRules(folder, [folder], undefined, RULES);
    expect(change).toMatchObject({ path: name, before });
    const after = change?.after ?? '';
    // Nothing that stood there is lost or moved: what is new was put in between.
    expect(isSubsequence(before.split(/\r?\n/), after.split(/\r?\n/))).toBe(true);
    if (before.includes('\r\n')) expect(after.replaceAll('\r\n', '')).not.toContain('\n');
    writeFileSync(join(folder, name), after);
    expect(loadConfig([folder]).rules).toEqual([...RULES, ...own]);
  });

  it('make a configuration where there is none', () => {
    const folder = folderWith({ 'requirements.txt': '' });
    const change = configWithRules(folder, [folder], undefined, RULES);
    expect(change?.before).toBeUndefined();
    writeFileSync(join(folder, change?.path ?? ''), change?.after ?? '');
    expect(loadConfig([folder]).rules).toEqual(RULES);
  });

  it.each([
    ['the configuration lies outside', (folder: string) => join(folder, '..', 'outside.yaml')],
    ['its end is marked', (folder: string) => join(folder, 'marked.yaml')],
  ])('are not offered where %s', (_why, file) => {
    const folder = folderWith({ 'marked.yaml': 'touch: all\n...\n' });
    expect(configWithRules(folder, [folder], file(folder), RULES)).toBeUndefined();
  });
});

/** Every line stands in the other list, in its order; a line that was only added to counts. */
function isSubsequence(lines: readonly string[], all: readonly string[]): boolean {
  let at = 0;
  for (const line of lines.filter((one) => one.trim() !== '' && !/[[{]/.test(one))) {
    while (at < all.length && all[at]?.replace(/,$/, '') !== line.replace(/,$/, '')) at++;
    if (at++ >= all.length) return false;
  }
  return true;
}
