import { existsSync, readFileSync } from 'node:fs';
import { basename, extname, join, relative, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { applyEdits as applyJson, modify } from 'jsonc-parser';
import { stringify as tomlText } from 'smol-toml';
import { isMap, isScalar, isSeq, parseDocument, type Scalar, stringify as yamlText } from 'yaml';
import type { ConfigRule, FileChange } from '../core/index.ts';
import { findConfig, parserFor } from './config.ts';
import { isInside, slashed } from './root.ts';

const NEW_FILE = 'startup-codemod.config.yaml';

/**
 * The configuration with rules put in front of its own, since the first rule that matches wins; comments and layout stay. A
 * project without one gets a file. `undefined`: it lies outside of the root, or its layout is one that cannot be added to.
 */
export function configWithRules(
  root: string,
  paths: readonly string[],
  file: string | undefined,
  rules: readonly ConfigRule[],
): FileChange | undefined {
  const found = file === undefined ? findConfig(resolve(paths[0] ?? '.'))?.file : resolve(file);
  const target = found ?? join(root, NEW_FILE);
  if (!isInside(target, root)) return undefined;
  const path = slashed(relative(root, target));
  if (!existsSync(target)) return file === undefined ? { path, after: yamlText({ rules }) } : undefined;
  const before = readFileSync(target, 'utf8');
  const after = editorFor(target)(before, rules);
  return after !== undefined && says(target, before, after, rules) ? { path, before, after } : undefined;
}

type Editor = (text: string, rules: readonly ConfigRule[]) => string | undefined;

function editorFor(file: string): Editor {
  if (basename(file) === 'package.json') return (text, rules) => jsonWith(text, ['startup-codemod', 'rules'], rules);
  if (basename(file) === 'pyproject.toml') return (text, rules) => tomlWith(text, 'tool.startup-codemod.rules', rules);
  if (extname(file) === '.json') return (text, rules) => jsonWith(text, ['rules'], rules);
  return extname(file) === '.toml' ? (text, rules) => tomlWith(text, 'rules', rules) : yamlWith;
}

/** Entries stand below `rules:`, at the start of its list; a text without it gets it at its end. */
function yamlWith(text: string, rules: readonly ConfigRule[]): string | undefined {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const { contents } = parseDocument(text);
  const own = isMap(contents) ? contents.items.find(({ key }) => isScalar(key) && key.value === 'rules') : undefined;
  if (!own) {
    const gap = text === '' || text.endsWith('\n') ? '' : eol;
    return text + gap + yamlText({ rules }).replaceAll('\n', eol);
  }
  const list = own.value;
  if (!isSeq(list) || !list.range) return undefined;
  const [at] = list.range;
  if (list.flow) {
    const entries = rules.map((rule) => JSON.stringify(rule)).join(', ');
    return `${text.slice(0, at + 1)}${entries}${list.items.length > 0 ? ', ' : ''}${text.slice(at + 1)}`;
  }
  const indent = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
  const entries = yamlText(rules)
    .trimEnd()
    .split('\n')
    .map((line) => indent + line + eol);
  const below = text.indexOf('\n', (own.key as Scalar).range?.[1] ?? at) + 1;
  return text.slice(0, below) + entries.join('') + text.slice(below);
}

function jsonWith(text: string, path: readonly string[], rules: readonly ConfigRule[]): string {
  const data = path.reduce<unknown>(
    (value, key) => (value as Record<string, unknown> | undefined)?.[key],
    JSON.parse(text.replace(/^\ufeff/, '')),
  );
  const [indent = '  '] = /^[ \t]+(?=")/m.exec(text) ?? [];
  const formattingOptions = {
    insertSpaces: !indent.includes('\t'),
    tabSize: indent.length,
    eol: text.includes('\r\n') ? '\r\n' : '\n',
  };
  if (!Array.isArray(data)) return applyJson(text, modify(text, [...path], rules, { formattingOptions }));
  return rules.toReversed().reduce((now, rule) => {
    return applyJson(now, modify(now, [...path, 0], rule, { formattingOptions, isArrayInsertion: true }));
  }, text);
}

/** Tables stand before the first of their kind, or at the end; `rules = [` gets its entries at the start of the list. */
function tomlWith(text: string, name: string, rules: readonly ConfigRule[]): string {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const list = /^rules[ \t]*=[ \t]*\[/m.exec(text);
  if (list) {
    const entries = rules.map((rule) => `${eol}  { ${tomlText(rule).trim().replaceAll('\n', ', ')} },`).join('');
    const at = list.index + list[0].length;
    return text.slice(0, at) + entries + (/^[ \t]*\r?\n/.test(text.slice(at)) ? '' : `${eol}  `) + text.slice(at);
  }
  const tables = rules.map((rule) => `[[${name}]]\n${tomlText(rule).trim()}\n`.replaceAll('\n', eol));
  const first = new RegExp(`^\\[\\[${name.replaceAll('.', '\\.')}\\]\\]`, 'm').exec(text);
  if (first) return text.slice(0, first.index) + tables.map((table) => table + eol).join('') + text.slice(first.index);
  const gap = text === '' ? '' : text.endsWith('\n') ? eol : eol + eol;
  return text + gap + tables.join(eol);
}

/** The new text says what the old one said, with the rules in front. */
function says(file: string, before: string, after: string, rules: readonly ConfigRule[]): boolean {
  const { rules: own = [], ...rest } = dataIn(file, before) ?? {};
  const { rules: all, ...others } = dataIn(file, after) ?? {};
  return isDeepStrictEqual(others, rest) && isDeepStrictEqual(all, [...rules, ...(own as readonly unknown[])]);
}

/** The tool's own part of a configuration; `undefined` where the text cannot be read. */
function dataIn(file: string, text: string): Readonly<Record<string, unknown>> | undefined {
  const name = basename(file);
  const keys =
    name === 'package.json' ? ['startup-codemod'] : name === 'pyproject.toml' ? ['tool', 'startup-codemod'] : [];
  try {
    const whole = parserFor(file, file)(text.replace(/^\ufeff/, ''));
    const own = keys.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], whole);
    // TOML's tables have no prototype: copies compare by what they hold.
    return structuredClone(own) as Readonly<Record<string, unknown>>;
  } catch {
    return undefined;
  }
}
