import type { ClassNode, Definition } from './definition.ts';

/** A dotted name: `src/db/init.initDb`, `src/workers.WorkerManager.start`, or that of an external. */
export function qualifiedName(definition: Definition): string {
  if (definition.kind === 'external') return definition.qualifiedName;
  if (definition.kind === 'instance') return qualifiedName(definition.of);
  const module = moduleName(definition.module.path);
  if (definition.kind === 'module') return module;
  if (definition.kind === 'value') return `${module}.(value)`;
  if (definition.kind === 'class') return `${module}.${className(definition.node)}`;
  return [module, ...(definition.owner ? [className(definition.owner)] : []), definition.name].join('.');
}

/** A path without its extension. */
export function moduleName(path: string): string {
  return path.replace(/\.[cm]?[jt]sx?$/, '');
}

export function className(node: ClassNode): string {
  return node.getName() ?? '(class)';
}
