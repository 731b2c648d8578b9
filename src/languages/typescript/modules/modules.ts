import type { ProjectFiles } from '../../../core/index.ts';
import { createCallees } from '../callees/callees.ts';
import type { Modules, SourceModule } from './definition.ts';
import { createImportResolver } from './import-paths.ts';
import { qualifiedName } from './qualified-name.ts';
import { createResolver } from './resolver.ts';
import { createSourceFiles } from './source-files.ts';

/** The modules of a project: parsed once, as imports are followed from the files that are asked for. */
export function createModules(project: ProjectFiles): Modules {
  const imports = createImportResolver(project);
  const files = createSourceFiles(project, imports);
  const { resolve } = createResolver(files, imports);
  const modules: Modules = {
    at: files.at,
    of(node): SourceModule {
      const module = files.of(node);
      if (!module) throw new Error(`${node.getSourceFile().getFilePath()} was not read from the project`);
      return module;
    },
    load: files.load,
    errorAt: files.errorAt,
    resolveImport: imports,
    resolve,
    qualifiedName,
    calleeBody: (definition) => callees.calleeBody(definition),
    cost: (definition) => callees.cost(definition),
    isAsync: (definition) => callees.isAsync(definition),
  };
  const callees = createCallees(modules, project);
  return modules;
}
