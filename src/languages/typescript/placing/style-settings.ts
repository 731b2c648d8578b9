import type { ProjectFiles } from '../../../core/index.ts';
import { foldersUp, isRecord, readJson } from '../modules/import-paths.ts';

/** What the formatter of a project is told; missing where nothing says it. */
export interface StyleSettings {
  readonly indentUnit?: string;
  readonly quote?: '"' | "'";
  readonly semicolons?: boolean;
  readonly trailingCommas?: 'none' | 'es5' | 'all';
  readonly arrowParens?: 'always' | 'avoid';
  readonly lineLength?: number;
  readonly eol?: '\n' | '\r\n';
}

/** The settings of the nearest formatter above the folder: Prettier, else Biome; what they leave open, the `.editorconfig`. */
export function styleSettings(folder: string, project: ProjectFiles): StyleSettings {
  const folders = foldersUp(folder);
  return { ...editorSettings(folders, project), ...formatterSettings(folders, project) };
}

function formatterSettings(folders: readonly string[], project: ProjectFiles): StyleSettings {
  for (const folder of folders) {
    const base = folder === '' ? '' : `${folder}/`;
    for (const name of PRETTIER_FILES) {
      const text = project.read(base + name);
      if (text !== undefined) return prettierSettings(flatKeys(text), majorOfPrettier(folders, project));
    }
    const manifest = readJson(`${base}package.json`, project);
    if (isRecord(manifest?.prettier)) return prettierSettings(manifest.prettier, majorOfPrettier(folders, project));
    for (const name of ['biome.json', 'biome.jsonc']) {
      const biome = readJson(base + name, project);
      if (biome) return biomeSettings(biome);
    }
  }
  return majorOfPrettier(folders, project) === undefined ? {} : prettierSettings({}, majorOfPrettier(folders, project));
}

/** What is set, and Prettier's own choice for what is not. */
function prettierSettings(settings: Settings, major: number | undefined): StyleSettings {
  const width = numberOf(settings.tabWidth);
  const length = plausible(numberOf(settings.printWidth) ?? 80);
  const unasked = prettierDefaults(major ?? 3);
  const commas = settings.trailingComma ?? unasked.trailingComma;
  const parens = settings.arrowParens ?? unasked.arrowParens;
  const { useTabs, endOfLine } = settings;
  return {
    ...(isTrue(useTabs) ? { indentUnit: '\t' } : width !== undefined ? { indentUnit: ' '.repeat(width) } : {}),
    quote: isTrue(settings.singleQuote) ? "'" : '"',
    semicolons: !isFalse(settings.semi),
    trailingCommas: commas === 'none' || commas === 'es5' ? commas : 'all',
    arrowParens: parens === 'avoid' ? 'avoid' : 'always',
    ...(length === undefined ? {} : { lineLength: length }),
    ...(endOfLine === 'crlf' ? { eol: '\r\n' } : endOfLine === 'lf' ? { eol: '\n' } : {}),
  };
}

/** What Prettier has changed its mind about. */
function prettierDefaults(major: number) {
  return {
    trailingComma: major >= 3 ? 'all' : major === 2 ? 'es5' : 'none',
    arrowParens: major >= 2 ? 'always' : 'avoid',
  };
}

/** What is set, and Biome's own choice for what is not. */
function biomeSettings(biome: Settings): StyleSettings {
  const javascript = isRecord(biome.javascript) ? biome.javascript : {};
  const settings = { ...recordOf(biome.formatter), ...recordOf(javascript.formatter) };
  const length = plausible(numberOf(settings.lineWidth) ?? 80);
  const commas = settings.trailingCommas ?? settings.trailingComma;
  return {
    indentUnit: settings.indentStyle === 'space' ? ' '.repeat(numberOf(settings.indentWidth) ?? 2) : '\t',
    quote: settings.quoteStyle === 'single' ? "'" : '"',
    semicolons: settings.semicolons !== 'asNeeded',
    trailingCommas: commas === 'none' || commas === 'es5' ? commas : 'all',
    arrowParens: settings.arrowParentheses === 'asNeeded' ? 'avoid' : 'always',
    ...(length === undefined ? {} : { lineLength: length }),
    ...(settings.lineEnding === 'crlf' ? { eol: '\r\n' } : settings.lineEnding === 'lf' ? { eol: '\n' } : {}),
  };
}

/** The sections for every file and for source files, the nearest file last; one that is a root ends the search. */
function editorSettings(folders: readonly string[], project: ProjectFiles): StyleSettings {
  const texts: string[] = [];
  for (const folder of folders) {
    const text = project.read(folder === '' ? '.editorconfig' : `${folder}/.editorconfig`);
    if (text !== undefined) texts.unshift(text);
    if (text !== undefined && /^\s*root\s*=\s*true/im.test(text)) break;
  }
  const settings = Object.assign({}, ...texts.map(sectionKeys)) as Settings;
  const size = numberOf(settings.indent_size) ?? numberOf(settings.tab_width);
  const length = plausible(numberOf(settings.max_line_length));
  return {
    ...(settings.indent_style === 'tab'
      ? { indentUnit: '\t' }
      : size !== undefined
        ? { indentUnit: ' '.repeat(size) }
        : {}),
    ...(length === undefined ? {} : { lineLength: length }),
    ...(settings.quote_type === 'single' ? { quote: "'" } : settings.quote_type === 'double' ? { quote: '"' } : {}),
    ...(settings.end_of_line === 'crlf' ? { eol: '\r\n' } : settings.end_of_line === 'lf' ? { eol: '\n' } : {}),
  };
}

function sectionKeys(text: string): Settings {
  const keys: Record<string, unknown> = {};
  let applies = false;
  for (const line of text.split(/\r?\n/)) {
    const header = /^\s*\[(.+)\]\s*$/.exec(line)?.[1];
    if (header !== undefined) applies = header === '*' || /[.{,](js|ts|jsx|tsx)\b/.test(header);
    const setting = /^\s*(\w+)\s*=\s*([^#;]+)/.exec(line);
    if (setting?.[1] && applies) keys[setting[1].toLowerCase()] = setting[2]?.trim().toLowerCase();
  }
  return keys;
}

/**
 * The first value of every key, whatever the notation: JSON, YAML, TOML or the object of a script. What stands later belongs to
 * overrides for some files.
 */
function flatKeys(text: string): Settings {
  const keys: Record<string, unknown> = {};
  for (const line of text.split(/\r?\n/)) {
    if (/^\s*(\/\/|#|\*|\/\*)/.test(line)) continue;
    for (const [, key = '', value = ''] of line.matchAll(/(\w+)["']?\s*[:=]\s*["']?([\w-]+)/g)) keys[key] ??= value;
  }
  return keys;
}

/** The major version of the Prettier that a package.json asks for: what it does unasked has changed. */
function majorOfPrettier(folders: readonly string[], project: ProjectFiles): number | undefined {
  for (const folder of folders) {
    const manifest = readJson(folder === '' ? 'package.json' : `${folder}/package.json`, project);
    const wanted = { ...recordOf(manifest?.dependencies), ...recordOf(manifest?.devDependencies) }.prettier;
    if (typeof wanted === 'string') return numberOf(/\d+/.exec(wanted)?.[0]) ?? 3;
  }
  return undefined;
}

type Settings = Readonly<Record<string, unknown>>;

function recordOf(value: unknown): Settings {
  return isRecord(value) ? value : {};
}

function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' ? Number.parseInt(value, 10) : value;
  return typeof number === 'number' && Number.isInteger(number) && number > 0 ? number : undefined;
}

function isTrue(value: unknown): boolean {
  return value === true || value === 'true';
}

function isFalse(value: unknown): boolean {
  return value === false || value === 'false';
}

/** Lengths outside of this are switches (`0`, `9999`: do not check), not wishes. */
function plausible(length: number | undefined): number | undefined {
  return length !== undefined && length >= 40 && length <= 400 ? length : undefined;
}

const PRETTIER_FILES = [
  '.prettierrc',
  '.prettierrc.json',
  '.prettierrc.json5',
  '.prettierrc.yaml',
  '.prettierrc.yml',
  '.prettierrc.toml',
  '.prettierrc.js',
  '.prettierrc.cjs',
  '.prettierrc.mjs',
  '.prettierrc.ts',
  'prettier.config.js',
  'prettier.config.cjs',
  'prettier.config.mjs',
  'prettier.config.ts',
] as const;
