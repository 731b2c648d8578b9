import type { ProjectFiles, ScanOptions } from '../../../core/index.ts';
import type { SourceModule } from '../modules/definition.ts';
import { type ImportStyle, specifierOfHelper } from './import-style.ts';
import { textStyle } from './text-style.ts';

/** The line, or lines, by which a file imports the helper's class, without a line end after them. */
export function importStatement(
  home: string,
  module: SourceModule,
  style: ImportStyle,
  project: ProjectFiles,
  options: ScanOptions,
): string {
  const { quote, semicolons } = textStyle(module, project);
  const specifier = chosenSpecifier(options) ?? specifierOfHelper(home, module.path, style);
  const source = `${quote}${specifier}${quote}`;
  const end = semicolons === false ? '' : ';';
  const names = hasTightBraces(module.text) ? '{StartupTasks}' : '{ StartupTasks }';
  if (style.form === 'require') return `const ${names} = require(${source})${end}`;
  if (style.form === 'import') return `import ${names} from ${source}${end}`;
  return `import startupTasksModule = require(${source})${end}\nimport StartupTasks = startupTasksModule.StartupTasks${end}`;
}

/** A dotted name is that of a module of Python, in a project of both languages. */
function chosenSpecifier({ helperImport, helperPath }: ScanOptions): string | undefined {
  if (helperImport === undefined || helperPath?.endsWith('.py')) return undefined;
  return /^\.*\w+(\.\w+)+$/.test(helperImport) && !/\.[cm]?[jt]s$/.test(helperImport) ? undefined : helperImport;
}

/** `import {join} from`: no blanks inside of braces. */
function hasTightBraces(text: string): boolean {
  const braces = [...text.matchAll(/^(?:import|const|let|var)\s+(?:\w+\s*,\s*)?\{(\s?)\w/gm)];
  return braces.length > 0 && braces.every(([, blank]) => blank === '');
}
