import type { Logger, ProjectFiles } from '../../../core/index.ts';
import type { PythonProject } from '../hooks/framework.ts';
import { scopeOf } from '../modules/bindings.ts';
import type { HookDefinition, PythonModule } from '../modules/definition.ts';
import { originsOf } from '../modules/origins.ts';
import type { Node } from '../tree/parse.ts';
import { descendants, enclosing, lastName } from '../tree/shapes.ts';
import { afterImports, standardImport } from './imports.ts';

/** Names that loggers have, likeliest first. */
const NAMES = ['logger', 'log', 'LOGGER', '_logger', 'LOG', '_log'];

/** The logger that the hooks of a file can use, or how to set up the standard one. */
export function loggerOf(
  module: PythonModule,
  hooks: readonly HookDefinition[],
  project: PythonProject,
  files: ProjectFiles,
): Logger {
  const setUpAt = afterImports(module);
  const own = moduleLogger(module, project) ?? memberLogger(hooks, module);
  if (own) return { ...own, setUpAt };
  const names = scopeOf(module.root, module).names;
  const name = ['logger', '_logger', 'startup_logger'].find((free) => !names.has(free)) ?? 'startup_tasks_logger';
  const imported = names.get('logging')?.[0];
  const hasModule = imported?.kind === 'import' && imported.member === undefined;
  return {
    expression: name,
    library: 'logging',
    setUp: `${name} = logging.getLogger(__name__)`,
    setUpAt,
    ...(hasModule ? {} : { setUpImport: standardImport('import logging', module, files) }),
  };
}

type FoundLogger = Pick<Logger, 'expression' | 'library'>;

function moduleLogger(module: PythonModule, project: PythonProject): FoundLogger | undefined {
  const names = scopeOf(module.root, module).names;
  const known = NAMES.find((name) => names.get(name)?.some(({ kind }) => kind === 'import' || kind === 'assigned'));
  if (known) return { expression: known, library: libraryOf(known, module, project) };
  for (const [name, bindings] of names) {
    const value = bindings.find((binding) => binding.kind === 'assigned');
    if (value?.kind === 'assigned' && value.value && isMaker(value.value)) {
      return { expression: name, library: libraryOfText(value.value.text) };
    }
  }
  return undefined;
}

/** `logging.getLogger(…)`, `structlog.get_logger()`. */
function isMaker(value: Node): boolean {
  return value.type === 'call' && /^get_?logger$/i.test(lastName(value.childForFieldName('function')) ?? '');
}

function libraryOf(name: string, module: PythonModule, project: PythonProject): Logger['library'] {
  const use = descendants(module.root, 'identifier').find((node) => node.text === name);
  const definition = use && project.modules.resolve(use, module);
  if (definition?.kind === 'external') return libraryOfText(definition.qualifiedName);
  const origin = use && originsOf(use, module, project)[0];
  return origin ? libraryOfText(origin.node.text) : 'other';
}

function libraryOfText(text: string): Logger['library'] {
  if (/\bstructlog\b/.test(text)) return 'structlog';
  if (/\bloguru\b/.test(text)) return 'loguru';
  return /\blogging\b|\bgetLogger\b/.test(text) ? 'logging' : 'other';
}

/** `self.logger`, where every hook of the file is a method of a class that has one. */
function memberLogger(hooks: readonly HookDefinition[], module: PythonModule): FoundLogger | undefined {
  const owners = hooks.map(({ node }) => enclosing(node, 'function_definition', 'class_definition'));
  const [first] = owners;
  if (first?.type !== 'class_definition' || owners.some((owner) => owner?.startIndex !== first.startIndex))
    return undefined;
  const assignment = descendants(first, 'assignment').find((node) =>
    /^self\._?log(ger)?$/.test(node.childForFieldName('left')?.text ?? ''),
  );
  const expression = assignment?.childForFieldName('left')?.text;
  const value = assignment?.childForFieldName('right')?.text ?? '';
  return expression && module.text.includes(expression) ? { expression, library: libraryOfText(value) } : undefined;
}
