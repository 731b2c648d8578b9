import { readFileSync } from 'node:fs';

/** `typescript` compiles to either kind of module; `esm` and `commonjs` are what a `.js` file holds without a compiler. */
export type HelperForm = 'typescript' | 'esm' | 'commonjs';

/** How the project writes its files; what is missing stays as prettier has it without settings. A `TextStyle` is one. */
export interface HelperStyle {
  readonly eol?: '\n' | '\r\n';
  readonly indentUnit?: string;
  readonly quote?: '"' | "'";
  readonly semicolons?: boolean;
  readonly trailingCommas?: 'none' | 'es5' | 'all';
  readonly arrowParens?: 'always' | 'avoid';
}

/** `current`: ours, in any form and style; `older`: of another version; `edited`: of this version, but changed. */
export type HelperState = 'current' | 'older' | 'edited';

/** The text of the runtime helper for Node. The build copies its files beside this one. */
export function startupTasksSource(form: HelperForm, style: HelperStyle = {}): string {
  let text = read(form);
  if (style.quote === "'") text = text.replaceAll('"', "'");
  if (style.semicolons === false) text = withoutSemicolons(text);
  if (style.trailingCommas === 'none') text = withoutTrailingCommas(text);
  if (style.arrowParens === 'avoid') text = withoutArrowParens(text);
  if (style.indentUnit !== undefined) text = indentedBy(style.indentUnit, text);
  return style.eol === '\r\n' ? text.replaceAll('\n', '\r\n') : text;
}

/** What a file is as a copy of the helper; `undefined`: it does not say that it is one. */
export function helperVersion(text: string): HelperState | undefined {
  const version = versionOf(text);
  if (version === undefined) return undefined;
  const bare = withoutStyle(text);
  if (Object.keys(FILES).some((form) => withoutStyle(read(form as HelperForm)) === bare)) return 'current';
  return version === versionOf(read('typescript')) ? 'edited' : 'older';
}

const FILES: Readonly<Record<HelperForm, string>> = {
  typescript: 'startup-tasks.ts',
  esm: 'startup-tasks.mjs',
  commonjs: 'startup-tasks.cjs',
};

function read(form: HelperForm): string {
  return readFileSync(new URL(`./typescript/${FILES[form]}`, import.meta.url), 'utf8');
}

/** The first version number that a copy names: `startup-codemod … version 1`. */
function versionOf(text: string): string | undefined {
  return /startup-codemod\D{0,40}(\d+(?:\.\d+)*)/.exec(text)?.[1];
}

function withoutStyle(text: string): string {
  const lines = text.replaceAll('\r\n', '\n').replaceAll("'", '"').replace(/^\s+/gm, '');
  return withoutArrowParens(withoutTrailingCommas(withoutSemicolons(lines))).trimEnd();
}

/** No line of the helper begins with what would go on with the line before it. */
function withoutSemicolons(text: string): string {
  return text.replace(/;$/gm, '');
}

function withoutTrailingCommas(text: string): string {
  return text.replace(/,(\n\s*[}\])])/g, '$1');
}

/** `(step) =>` becomes `step =>`; a parameter with a type keeps its parentheses. */
function withoutArrowParens(text: string): string {
  return text.replace(/\((\w+)\) =>/g, '$1 =>');
}

/** The blank before the `*` of a comment's line is no level of its own. */
function indentedBy(unit: string, text: string): string {
  return text.replace(/^(?: {2})+/gm, (blanks) => unit.repeat(blanks.length / 2));
}
