import type { Definition } from './definition.ts';

type External = Extract<Definition, { kind: 'external' }>;

/** What is imported from a package: `external('node:fs', 'readFile')` is `fs.readFile`, a default export the package itself. */
export function external(specifier: string, name?: string): External {
  const module = specifier.replace(/^node:/, '');
  return { kind: 'external', qualifiedName: name === undefined || name === 'default' ? module : `${module}.${name}` };
}

export function memberOfExternal({ qualifiedName }: External, name: string): External {
  return { kind: 'external', qualifiedName: name === 'default' ? qualifiedName : `${qualifiedName}.${name}` };
}

/** What a call gives: `express` → `express()`. */
export function resultOfExternal({ qualifiedName }: External): External {
  return { kind: 'external', qualifiedName: `${qualifiedName}()` };
}
