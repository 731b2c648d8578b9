import { type Edit, type FileFacts, insert, textOf } from '../../../core/index.ts';
import { isBlank, lineAbove, lineOf, lineStart, nextLine } from './text.ts';

/** Order of what is inserted at one offset among the imports: the import lines, then the logger, then the instance. */
const IMPORT = -50;
const LOGGER = -40;

/** The import of the runtime helper, at its place among the project's own imports. */
export function helperImport(facts: FileFacts): readonly Edit[] {
  const statement = facts.helper.importStatement;
  const name = statement.split(' ').at(-1) ?? '';
  if (facts.imports.names.includes(name)) return [];
  const { statements, firstParty } = facts.imports;
  const later = statements.find((range) => sortsAfter(textOf(facts.file, range), statement));
  if (later) return [{ ...insert(lineStart(facts.file.text, later.start), `${statement}\n`), rank: IMPORT }];
  return [{ ...insert(firstParty, groupOf(statement, firstParty, statements.length > 0, facts)), rank: IMPORT }];
}

/** The standard logger, where the file has none; `more` is a statement that stands below it. */
export function loggerSetUp(facts: FileFacts, more?: string): readonly Edit[] {
  const { setUp, setUpAt, setUpImport } = facts.logger;
  const lines = [setUp, more].filter((line) => line !== undefined);
  if (lines.length === 0) return [];
  const edits: Edit[] = [];
  if (setUp && setUpImport) edits.push({ ...insert(facts.imports.standard, `${setUpImport}\n`), rank: IMPORT });
  const above = lineAbove(facts, setUpAt);
  const before = above === undefined || isBlank(above) ? '' : '\n';
  const after = isBlank(lineOf(facts.file.text, setUpAt)) ? '' : '\n';
  return [...edits, { ...insert(setUpAt, `${before}${lines.join('\n')}\n${after}`), rank: LOGGER }];
}

/** isort's order: `import x` before `from x import`, relative imports last and the farther ones first, then by name. */
function sortsAfter(other: string, statement: string): boolean {
  return compareKeys(sortKey(other), sortKey(statement)) > 0;
}

function sortKey(statement: string): readonly (string | number)[] {
  const match = /^(from|import)\s+(\.*)([\w.]*)/.exec(statement.trim());
  const dots = match?.[2]?.length ?? 0;
  return [dots > 0 ? 1 : 0, match?.[1] === 'from' ? 1 : 0, -dots, (match?.[3] ?? '').toLowerCase()];
}

function compareKeys(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  for (const [index, left] of a.entries()) {
    const right = b[index] ?? '';
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}

/** The first import of its group has a blank line above it and below it. */
function groupOf(statement: string, at: number, hasGroup: boolean, facts: FileFacts): string {
  const above = lineAbove(facts, at);
  const before = hasGroup || above === undefined || isBlank(above) ? '' : '\n';
  const below = lineOf(facts.file.text, at);
  const after = hasGroup || isBlank(below) || nextLine(facts.file.text, at) === at ? '' : '\n';
  return `${before}${statement}\n${after}`;
}
