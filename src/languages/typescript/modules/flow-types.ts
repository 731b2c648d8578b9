import { createRequire } from 'node:module';

/**
 * The text with Flow's types and syntax that never became part of the language blanked out: every offset and line stays. It is
 * asked for where TypeScript's parser has failed; `undefined` where no other parser reads the text either. jscodeshift's parsers
 * are loaded with the first such file.
 */
export function withoutFlow(path: string, text: string): string | undefined {
  if (!/\.[cm]?jsx?$/.test(path)) return undefined;
  for (const name of PARSERS) {
    const tree = parsedBy(name, text);
    if (tree) return blanked(text, foreignParts(tree, text));
  }
  return undefined;
}

/** Those that know types first; `flow` reads newer types, `babel` what was proposed and dropped. */
const PARSERS = ['babylon', 'flow', 'babel'] as const;

const require = createRequire(import.meta.url);

/** A node of any of the parsers: Babel has `start` and `end`, Flow a `range`. */
interface Part {
  readonly type: string;
  readonly [key: string]: unknown;
}

/** What stands between two offsets gives way to a text of the same length; blanks where there is none. */
interface Foreign {
  readonly start: number;
  readonly end: number;
  readonly text?: string;
}

function parsedBy(name: string, text: string): Part | undefined {
  const getParser = require('jscodeshift/src/getParser.js') as (name: string) => { parse(text: string): Part };
  try {
    const tree = getParser(name).parse(text);
    const { errors } = tree;
    return Array.isArray(errors) && errors.length > 0 ? undefined : tree;
  } catch {
    return undefined;
  }
}

/** Without recursion: source can be nested deeper than a stack. */
function foreignParts(tree: Part, text: string): readonly Foreign[] {
  const found: Foreign[] = [];
  const stack: Part[] = [tree];
  for (let part = stack.pop(); part; part = stack.pop()) {
    const foreign = foreignAt(part, text);
    found.push(...foreign.parts);
    if (!foreign.isWhole) stack.push(...partsOf(part));
  }
  return found;
}

function partsOf(part: Part): readonly Part[] {
  return Object.entries(part)
    .filter(([key]) => !OTHER_KEYS.has(key))
    .flatMap(([, value]) => (Array.isArray(value) ? (value as unknown[]) : [value]))
    .filter(isPart);
}

function isPart(value: unknown): value is Part {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** What of a node TypeScript's parser would not read; `isWhole` where nothing of the node stays. */
function foreignAt(part: Part, text: string): { readonly parts: readonly Foreign[]; readonly isWhole: boolean } {
  const range = rangeOf(part);
  if (!range) return { parts: [], isWhole: false };
  if (TYPES.test(part.type) || isTypeStatement(part)) return { parts: [range], isWhole: true };
  if (part.type === 'ImportSpecifier') return { parts: importKind(part, range), isWhole: false };
  if (part.type === 'BindExpression') return { parts: bindOperator(part, range, text), isWhole: false };
  if (/^Class(Declaration|Expression)$/.test(part.type)) return { parts: implemented(part, text), isWhole: false };
  return { parts: [], isWhole: false };
}

/** `import type`, `export type`, a field that is only declared, and what exports another module's default. */
function isTypeStatement(part: Part): boolean {
  if (part.importKind === 'type' || part.importKind === 'typeof') return part.type === 'ImportDeclaration';
  if (/^Export(Named|All)Declaration$/.test(part.type)) return part.exportKind === 'type' || exportsDefault(part);
  return /^(ClassProperty|PropertyDefinition)$/.test(part.type) && part.declare === true;
}

function exportsDefault({ specifiers }: Part): boolean {
  return Array.isArray(specifiers) && specifiers.some((one) => isPart(one) && one.type === 'ExportDefaultSpecifier');
}

/** `typeof` of `import { typeof Store } from`. */
function importKind(part: Part, { start }: Foreign): readonly Foreign[] {
  const imported = isPart(part.imported) ? rangeOf(part.imported) : undefined;
  return part.importKind === 'typeof' && imported ? [{ start, end: imported.start }] : [];
}

/** `::` of `queue::start`, which becomes a dot. */
function bindOperator({ object, callee }: Part, { start }: Foreign, text: string): readonly Foreign[] {
  const [left, right] = [isPart(object) ? rangeOf(object) : undefined, isPart(callee) ? rangeOf(callee) : undefined];
  const at = text.indexOf('::', left?.end ?? start);
  if (at < 0 || (right && at >= right.start)) return [];
  return [{ start: at, end: at + 2, text: left ? '. ' : '  ' }];
}

/** `implements Store` of a class. */
function implemented({ implements: list }: Part, text: string): readonly Foreign[] {
  const ranges = (Array.isArray(list) ? list : []).filter(isPart).flatMap((one) => rangeOf(one) ?? []);
  const [first, last] = [ranges[0], ranges.at(-1)];
  const start = first ? text.lastIndexOf('implements', first.start) : -1;
  return last && start >= 0 ? [{ start, end: last.end }] : [];
}

function rangeOf({ start, end, range }: Part): Foreign | undefined {
  if (typeof start === 'number' && typeof end === 'number') return { start, end };
  if (!Array.isArray(range)) return undefined;
  const [from, to] = range as unknown[];
  return typeof from === 'number' && typeof to === 'number' ? { start: from, end: to } : undefined;
}

function blanked(text: string, parts: readonly Foreign[]): string {
  let result = '';
  let at = 0;
  for (const { start, end, text: instead } of parts.toSorted((a, b) => a.start - b.start)) {
    if (start < at) continue;
    result += text.slice(at, start) + (instead ?? text.slice(start, end).replace(/[^\r\n\u2028\u2029]/g, ' '));
    at = end;
  }
  return result + text.slice(at);
}

/** Nodes that are types only, or belong to one. */
const TYPES =
  /^(TypeAnnotation|TypeParameterDeclaration|TypeParameterInstantiation|Variance|TypeAlias|OpaqueType|InterfaceDeclaration|InferredPredicate|DeclaredPredicate|Declare[A-Z]\w*)$/;

const OTHER_KEYS: ReadonlySet<string> = new Set([
  'loc',
  'range',
  'tokens',
  'comments',
  'leadingComments',
  'innerComments',
  'trailingComments',
  'extra',
  'errors',
]);
