import { dominantEol, type ProjectFiles, type TextStyle } from '../../../core/index.ts';
import type { PythonModule } from '../modules/definition.ts';
import { descendants } from '../tree/shapes.ts';
import { named } from '../tree/tree.ts';

const DEFAULT_LINE_LENGTH = 88;

/** How a module is written. */
export function textStyle(module: PythonModule, project: ProjectFiles): TextStyle {
  return {
    eol: dominantEol(module.text),
    indentUnit: indentUnitOf(module),
    quote: quoteOf(module),
    lineLength: lineLengthFor(module.path, project),
  };
}

/** What the first block of a definition at the left edge is indented by. */
function indentUnitOf({ root, text }: PythonModule): string {
  for (const block of descendants(root, 'block')) {
    const first = named(block)[0];
    if (!first || block.parent?.startPosition.column !== 0) continue;
    const lineStart = text.lastIndexOf('\n', first.startIndex - 1) + 1;
    const indent = text.slice(lineStart, first.startIndex);
    if (/^[ \t]+$/.test(indent)) return indent;
  }
  return '    ';
}

/** The quote that most short strings have; docstrings do not count. */
function quoteOf({ root }: PythonModule): '"' | "'" {
  let double = 0;
  let single = 0;
  for (const string of descendants(root, 'string')) {
    const start = string.child(0)?.text ?? '';
    if (start.endsWith('"""') || start.endsWith("'''")) continue;
    if (start.endsWith('"')) double++;
    else single++;
  }
  return single > double ? "'" : '"';
}

/** The length that the nearest configuration above the file sets. */
function lineLengthFor(path: string, project: ProjectFiles): number {
  for (let folder = folderOf(path); ; folder = folderOf(folder)) {
    for (const { file, section, key } of SETTINGS) {
      const found = settingIn(project.read(folder ? `${folder}/${file}` : file), section, key);
      if (found !== undefined) return found;
    }
    if (folder === '') return DEFAULT_LINE_LENGTH;
  }
}

function settingIn(text: string | undefined, section: string, key: string): number | undefined {
  if (text === undefined) return undefined;
  let current = '';
  for (const line of text.split(/\r?\n/)) {
    const header = /^\s*\[([^\]]+)\]/.exec(line)?.[1];
    if (header !== undefined) current = header.trim();
    const setting = /^\s*([\w-]+)\s*[=:]\s*(\d+)/.exec(line);
    if (setting && current === section && setting[1]?.replaceAll('_', '-') === key)
      return plausible(Number(setting[2]));
  }
  return undefined;
}

/** Lengths outside of this are switches (`0`, `9999`: do not check), not wishes. */
function plausible(length: number): number | undefined {
  return length >= 40 && length <= 400 ? length : undefined;
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** Strongest first. */
const SETTINGS = [
  { file: 'ruff.toml', section: '', key: 'line-length' },
  { file: '.ruff.toml', section: '', key: 'line-length' },
  { file: 'pyproject.toml', section: 'tool.ruff', key: 'line-length' },
  { file: 'pyproject.toml', section: 'tool.black', key: 'line-length' },
  { file: '.flake8', section: 'flake8', key: 'max-line-length' },
  { file: 'setup.cfg', section: 'tool.black', key: 'line-length' },
  { file: 'setup.cfg', section: 'flake8', key: 'max-line-length' },
  { file: 'tox.ini', section: 'flake8', key: 'max-line-length' },
] as const;
