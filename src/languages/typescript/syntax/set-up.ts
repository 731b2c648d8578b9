import { type Edit, type FileFacts, insert } from '../../../core/index.ts';
import { nextLine } from '../tree/text-ranges.ts';
import { IMPORT, LOGGER } from './ranks.ts';
import { isBlank, lineAbove, lineOf } from './text.ts';

/** The import of the runtime helper, at its place among the project's own imports. */
export function helperImport(facts: FileFacts): readonly Edit[] {
  if (facts.imports.names.includes('StartupTasks')) return [];
  return [importLine(facts.helper.importStatement, facts.imports.firstParty, facts)];
}

/** The logger, where the file has none and its library wants one. */
export function loggerSetUp(facts: FileFacts): readonly Edit[] {
  const { setUp, setUpAt, setUpImport } = facts.logger;
  if (setUp === undefined) return [];
  const edits = setUpImport === undefined ? [] : [importLine(setUpImport, facts.imports.standard, facts)];
  return [...edits, { ...insert(setUpAt, spaced(setUp, setUpAt, facts)), rank: LOGGER }];
}

/** A statement at module level, with blank lines between it and the imports above or the code below. */
export function spaced(statement: string, at: number, facts: FileFacts): string {
  const above = lineAbove(facts, at);
  const before = above !== undefined && isEndOfImport(above) ? '\n' : '';
  return `${before}${statement}\n${isCrowded(at, facts) ? '\n' : ''}`;
}

/** Other imports may follow at once; code may not. */
function importLine(statement: string, at: number, facts: FileFacts): Edit {
  const { text } = facts.file;
  const below = lineOf(text, at);
  const isApart = isBlank(below) || isImport(below) || !isCrowded(at, facts);
  return { ...insert(at, `${lineFeedAtEnd(at, facts)}${statement}\n${isApart ? '' : '\n'}`), rank: IMPORT };
}

/** A last line without line end. */
function lineFeedAtEnd(at: number, facts: FileFacts): string {
  const { text } = facts.file;
  return at === text.length && at > 0 && text[at - 1] !== '\n' ? '\n' : '';
}

function isCrowded(at: number, facts: FileFacts): boolean {
  const { text } = facts.file;
  return at < text.length && nextLine(text, at) > at && !isBlank(lineOf(text, at));
}

function isImport(line: string): boolean {
  return /^\s*import\b/.test(line) || /^(const|let|var)\b.*\brequire\(/.test(line) || /^require\(/.test(line);
}

function isEndOfImport(line: string): boolean {
  return isImport(line) || /^\}.*\bfrom\s*["'].*["'];?\s*$/.test(line) || /^\}\s*=\s*require\(/.test(line);
}
