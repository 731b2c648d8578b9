import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/core/index.ts';
import { loadConfig } from '../../src/project/config.ts';
import { configJsonSchema } from '../../src/project/config-schema.ts';
import { defaultConfig } from '../default-config.ts';
import { folderWith } from './temporary-folder.ts';

function load(files: Readonly<Record<string, string>>, from = '.', file?: string) {
  const folder = folderWith({ '.git/HEAD': '', ...files });
  return loadConfig([join(folder, from)], file === undefined ? undefined : join(folder, file));
}

describe('loadConfig', () => {
  it('has defaults', () => {
    expect(load({})).toEqual(defaultConfig);
  });

  it.each([
    ['startup-codemod.config.json', '{ "$schema": "…", "touch": "all" }'],
    ['startup-codemod.config.yaml', 'touch: all\n'],
    ['startup-codemod.config.toml', 'touch = "all"\n'],
    ['package.json', '{ "startup-codemod": { "touch": "all" } }'],
    ['pyproject.toml', '[tool.startup-codemod]\ntouch = "all"\n'],
  ])('reads %s', (name, text) => {
    expect(load({ [name]: text }).options.touch).toBe('all');
  });

  it('looks upwards, as far as the top of the work tree', () => {
    expect(load({ 'startup-codemod.config.json': '{ "touch": "all" }', 'src/a/b.py': '' }, 'src/a').options.touch).toBe(
      'all',
    );
    const above = { 'startup-codemod.config.json': '{ "touch": "all" }', 'inner/.git/HEAD': '' };
    expect(load(above, 'inner').options.touch).toBe('moved');
  });

  it('passes a manifest over that does not mention it', () => {
    expect(load({ 'pyproject.toml': 'not toml at all', 'package.json': '{' })).toEqual(defaultConfig);
  });

  it.each([
    [
      'an unknown key',
      'startup-codemod.config.json',
      '{ "rule": [] }',
      /startup-codemod\.config\.json: unknown key `rule`/,
    ],
    ['an unknown key inside', 'startup-codemod.config.yaml', 'helper:\n  folder: x\n', /`helper\.folder`/],
    ['a wrong type', 'startup-codemod.config.yaml', 'confidenceThreshold: high\n', /`confidenceThreshold`.*number/],
    [
      'a decision that is none',
      'startup-codemod.config.json',
      '{ "rules": [{ "callee": "a", "decision": "later" }] }',
      /`rules\.0\.decision`/,
    ],
    ['a rule for nothing', 'startup-codemod.config.json', '{ "rules": [{ "decision": "critical" }] }', /callee/],
    ['no object', 'startup-codemod.config.yaml', '- a\n', /the configuration/],
    ['bad YAML', 'startup-codemod.config.yaml', 'a: [1\n', /startup-codemod\.config\.yaml: .*line/s],
    ['the same key twice', 'startup-codemod.config.yaml', 'touch: all\ntouch: moved\n', /unique/],
    ['bad JSON', 'startup-codemod.config.json', '{ touch }', /startup-codemod\.config\.json/],
    ['bad TOML', 'startup-codemod.config.toml', 'touch = \n', /startup-codemod\.config\.toml/],
    ['too many aliases', 'startup-codemod.config.yaml', `a: &a [x]\nb: [${'*a, '.repeat(50)}*a]\n`, /alias/i],
  ])('names the file and the fault of %s', (_, name, text, message) => {
    expect(() => load({ [name]: text })).toThrow(UserError);
    expect(() => load({ [name]: text })).toThrow(message);
  });

  it('wants the file that it is told', () => {
    expect(() => load({}, '.', 'missing.json')).toThrow(/no such configuration file/);
    expect(() => load({ 'settings.ini': '' }, '.', 'settings.ini')).toThrow(/\.json, \.yaml|kind of configuration/);
    expect(
      load({ 'other.yaml': 'touch: all\n', 'startup-codemod.config.json': '{' }, '.', 'other.yaml').options.touch,
    ).toBe('all');
  });

  it('has a JSON Schema that knows every key', () => {
    const schema = configJsonSchema() as { readonly properties: object; readonly additionalProperties: boolean };
    expect(Object.keys(schema.properties)).toContain('rules');
    expect(schema.additionalProperties).toBe(false);
  });
});
