import type { HelperPlacement, ImportSite, ProjectFiles, TextRange } from '../../../core/index.ts';
import type { Modules, PythonModule } from '../modules/definition.ts';
import { moduleNames } from '../modules/module-names.ts';
import { STANDARD_MODULES } from '../modules/standard-modules.ts';
import type { Node } from '../tree/parse.ts';
import { named } from '../tree/tree.ts';
import { type ImportSection, type Sources, sectionOf } from './import-sections.ts';

/** Import statements that isort sorts together: nothing but comments and blank lines between them. */
type ImportBlock = readonly Node[];

/** Places for the helper's import and for `import logging`, so that sorted imports stay sorted. */
export function importSite(
  module: PythonModule,
  helper: HelperPlacement,
  modules: Modules,
  files: ProjectFiles,
): ImportSite {
  const helperImport = helper.importStatement;
  const project = withFile(files, helper.path);
  const blocks = importBlocks(module.root);
  const sectionIn = (node: Node) => sectionOf(node, module, project);
  const top = topPackage(helperImport);
  const section: ImportSection = helperImport.startsWith('from .') ? 'local' : sectionOfName(top, module, project);
  const block = siblingBlock(blocks, top, section, module, modules) ?? blocks.findLast((one) => one.length > 0) ?? [];
  const group = block.filter((node) => sectionIn(node) === section);
  const place = placeIn(block, group, section, sectionIn, module);
  return {
    firstParty: place,
    standard: standardPlace(blocks[0] ?? [], sectionIn, module),
    names: moduleNames(module),
    statements: group.map(rangeOf),
  };
}

/** `import logging` as it goes to `standard`: the first of its group is followed by a blank line. */
export function standardImport(statement: string, module: PythonModule, project: ProjectFiles): string {
  const block = importBlocks(module.root)[0] ?? [];
  const hasGroup = block.some((node) => sectionOf(node, module, project) === 'standard');
  return hasGroup || block.length === 0 ? statement : `${statement}\n`;
}

/** Where a `from` import of the standard library goes; `isFirst`: it is the first of its group. */
export function standardFromImport(
  source: string,
  module: PythonModule,
): { readonly at: number; readonly isFirst: boolean } {
  const block = importBlocks(module.root)[0] ?? [];
  const group = block.filter((node) => STANDARD_MODULES.has(importedName(node).split('.', 1)[0] ?? ''));
  const later = group.find((node) => node.type === 'import_from_statement' && importedName(node) > source);
  if (later) return { at: lineStart(module.text, later.startIndex), isFirst: false };
  const last = group.at(-1);
  if (last) return { at: lineAfter(module.text, last.endIndex), isFirst: false };
  const first = block.find((node) => node.type !== 'future_import_statement');
  return { at: first ? lineStart(module.text, first.startIndex) : afterImports(module), isFirst: true };
}

/** Offset of the line after the imports at the top of a module. */
export function afterImports(module: PythonModule): number {
  const children = named(module.root);
  const firstDefinition = children.findIndex((child) => /^(function|class|decorated)_definition$/.test(child.type));
  const head = firstDefinition < 0 ? children : children.slice(0, firstDefinition);
  const last = head.findLast((child) => IMPORTS.has(child.type) || holdsImport(child)) ?? docstringOf(module.root);
  return last ? lineAfter(module.text, last.endIndex) : startOfCode(module);
}

/** Runs of imports at module level, those under `if` and `try` left out. */
function importBlocks(root: Node): readonly ImportBlock[] {
  const blocks: Node[][] = [[]];
  for (const child of named(root)) {
    if (IMPORTS.has(child.type)) blocks.at(-1)?.push(child);
    else if (blocks.at(-1)?.length) blocks.push([]);
  }
  return blocks.filter((block) => block.length > 0);
}

/** The first block that imports from the helper's own package: what puts it on the path has run by then. */
function siblingBlock(
  blocks: readonly ImportBlock[],
  top: string,
  section: ImportSection,
  module: PythonModule,
  modules: Modules,
): ImportBlock | undefined {
  return (
    blocks.find((block) => block.some((node) => isSibling(node, top, section))) ??
    blocks.find((block) => block.some((node) => isOfProject(node, module, modules)))
  );
}

/** The helper counts as the project's own before it is written. */
function withFile(files: ProjectFiles, path: string): Sources {
  return {
    read: files.read,
    has: (other) => other === path || files.has(other),
    paths: (extension) => [...files.paths(extension), path],
  };
}

function isSibling(node: Node, top: string, section: ImportSection): boolean {
  const name = importedName(node);
  return section === 'local' ? name.startsWith('.') : name.split('.', 1)[0] === top;
}

function isOfProject(node: Node, module: PythonModule, modules: Modules): boolean {
  const name = importedName(node);
  const level = /^\.*/.exec(name)?.[0].length ?? 0;
  return modules.imported(module, name.slice(level), level) !== undefined;
}

/** `a.b` of `from a.b import c` and of `import a.b as c`; with dots in front where it is relative. */
function importedName(node: Node): string {
  if (node.type === 'future_import_statement') return '__future__';
  const source = node.childForFieldName('module_name') ?? named(node)[0];
  const name = source?.type === 'aliased_import' ? source.childForFieldName('name') : source;
  return name?.text.replaceAll(/\s/g, '') ?? '';
}

/** Where a statement of a section goes: after the last one of it, else after the sections that come before it. */
function placeIn(
  block: ImportBlock,
  group: readonly Node[],
  section: ImportSection,
  sectionIn: (node: Node) => ImportSection,
  module: PythonModule,
): number {
  const before = block.findLast((node) => ORDER.indexOf(sectionIn(node)) < ORDER.indexOf(section));
  const last = group.at(-1) ?? before;
  if (last) return lineAfter(module.text, last.endIndex);
  const first = block[0];
  if (first) return lineStart(module.text, first.startIndex);
  const docstring = docstringOf(module.root);
  return docstring ? lineAfter(module.text, docstring.endIndex) : startOfCode(module);
}

/** `import logging` stands among the plain imports of the standard library, before its `from` imports. */
function standardPlace(block: ImportBlock, sectionIn: (node: Node) => ImportSection, module: PythonModule): number {
  const group = block.filter((node) => sectionIn(node) === 'standard');
  const later = group.find((node) => node.type === 'import_from_statement' || importedName(node) > 'logging');
  if (later) return lineStart(module.text, later.startIndex);
  return placeIn(block, group, 'standard', sectionIn, module) === 0 && !block[0]
    ? afterImports(module)
    : firstAfterFuture(block, group, sectionIn, module);
}

function firstAfterFuture(
  block: ImportBlock,
  group: readonly Node[],
  sectionIn: (node: Node) => ImportSection,
  module: PythonModule,
): number {
  const last = group.at(-1);
  if (last) return lineAfter(module.text, last.endIndex);
  const first = block.find((node) => sectionIn(node) !== 'future');
  return first ? lineStart(module.text, first.startIndex) : afterImports(module);
}

function sectionOfName(top: string, module: PythonModule, project: Sources): ImportSection {
  return sectionOf(top, module, project);
}

function topPackage(statement: string): string {
  return /^from\s+([\w]*)/.exec(statement)?.[1] ?? '';
}

function holdsImport(node: Node): boolean {
  return /^(try|if)_statement$/.test(node.type) && node.descendantsOfType([...IMPORTS]).length > 0;
}

function docstringOf(root: Node): Node | undefined {
  const first = named(root)[0];
  return first?.type === 'expression_statement' && first.namedChildren[0]?.type === 'string' ? first : undefined;
}

/** After a shebang, a coding line and a licence. */
function startOfCode(module: PythonModule): number {
  const first = named(module.root)[0];
  return first ? lineStart(module.text, first.startIndex) : module.text.length;
}

function lineAfter(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end + 1;
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

function rangeOf(node: Node): TextRange {
  return { start: node.startIndex, end: node.endIndex };
}

const IMPORTS: ReadonlySet<string> = new Set(['import_statement', 'import_from_statement', 'future_import_statement']);

const ORDER: readonly ImportSection[] = ['future', 'standard', 'third-party', 'first-party', 'local'];
