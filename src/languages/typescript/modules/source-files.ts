import { Node, Project, type SourceFile, SyntaxKind, ts } from 'ts-morph';
import type { ProjectFiles } from '../../../core/index.ts';
import type { SourceModule } from './definition.ts';
import { withoutFlow } from './flow-types.ts';
import type { ImportResolver } from './import-paths.ts';

/** How far imports are followed from a file that was asked for. */
const DEPTH = 3;

/** The parsed files: added one by one as imports are followed. */
export interface SourceFiles {
  at(path: string): SourceModule | undefined;
  of(node: Node): SourceModule | undefined;
  /** Adds several files, with what they import, before the types of any are asked for. */
  load(paths: readonly string[]): void;
  /** Why a file that exists could not be parsed. */
  errorAt(path: string): string | undefined;
}

/** An empty project of the compiler: files come from the user's project, nothing is read from the disk. */
export function createSourceFiles(project: ProjectFiles, resolve: ImportResolver): SourceFiles {
  const modules = new Map<string, SourceModule | undefined>();
  const errors = new Map<string, string>();
  /** How many levels of imports are followed from a file. */
  const nearness = new Map<string, number>();
  const imports = new Map<string, readonly string[]>();
  const compiler = emptyProject((from, specifier) => {
    const path = resolve(from, specifier);
    return path !== undefined && modules.get(path) ? path : undefined;
  });

  function parse(path: string): SourceModule | undefined {
    if (modules.has(path)) return modules.get(path);
    const module = parsed(path, project.read(path), compiler, errors);
    modules.set(path, module);
    return module;
  }

  /** Level by level from all paths at once, so that a file is read for imports once for each level that it is nearer. */
  function follow(paths: readonly string[]): void {
    let level = farther(paths, DEPTH);
    for (let rest = DEPTH; rest >= 0; rest--) {
      const next = level.flatMap((path) => {
        nearness.set(path, rest);
        const module = parse(path);
        return module && rest > 0 ? targetsOf(module) : [];
      });
      level = farther(next, rest - 1);
    }
  }

  /** Those whose imports have been followed less far than that. */
  function farther(paths: readonly string[], levels: number): readonly string[] {
    return [...new Set(paths)].filter((path) => (nearness.get(path) ?? -1) < levels);
  }

  function targetsOf(module: SourceModule): readonly string[] {
    const targets = imports.get(module.path) ?? importedBy(module, resolve);
    imports.set(module.path, targets);
    return targets;
  }

  return {
    at(path) {
      if (!nearness.has(path)) follow([path]);
      return modules.get(path);
    },
    of: (node) => modules.get(pathOf(node.getSourceFile())),
    load: follow,
    errorAt: (path) => errors.get(path),
  };
}

/** The path of a parsed file in the user's project. */
export function pathOf(file: SourceFile): string {
  return file.getFilePath().slice(1);
}

function emptyProject(resolve: ImportResolver): Project {
  return new Project({
    useInMemoryFileSystem: true,
    skipAddingFilesFromTsConfig: true,
    skipFileDependencyResolution: true,
    compilerOptions: {
      allowJs: true,
      checkJs: false,
      jsx: ts.JsxEmit.Preserve,
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      lib: ['lib.es2022.d.ts'],
      types: [],
      experimentalDecorators: true,
      noEmit: true,
    },
    resolutionHost: () => ({
      resolveModuleNames: (names, containing) =>
        names.map((name) => {
          const path = resolve(containing.slice(1), name);
          return path === undefined ? undefined : { resolvedFileName: `/${path}`, extension: extensionOf(path) };
        }),
    }),
  });
}

function extensionOf(path: string): string {
  return /\.[cm]?[jt]sx?$/.exec(path)?.[0] ?? '.ts';
}

function parsed(
  path: string,
  text: string | undefined,
  compiler: Project,
  errors: Map<string, string>,
): SourceModule | undefined {
  if (text === undefined) return undefined;
  const root = compiler.createSourceFile(`/${path}`, text, { overwrite: true });
  const problem = syntaxError(root);
  if (problem === undefined) return { path, text, root };
  const readable = withoutFlow(path, text);
  if (readable !== undefined) {
    root.replaceWithText(readable);
    if (syntaxError(root) === undefined) return { path, text, root };
  }
  errors.set(path, problem);
  root.forget();
  return undefined;
}

/** The first syntax error: `syntax error at line 3: ')' expected`. */
export function syntaxError(file: SourceFile): string | undefined {
  const { parseDiagnostics } = file.compilerNode as unknown as { readonly parseDiagnostics?: readonly ts.Diagnostic[] };
  const first = parseDiagnostics?.[0];
  if (!first) return undefined;
  const line = file.getLineAndColumnAtPos(Math.min(first.start ?? 0, file.getEnd())).line;
  return `syntax error at line ${line}: ${ts.flattenDiagnosticMessageText(first.messageText, ' ')}`;
}

/** Paths of the project's files that a module imports, requires or exports again; read by the compiler's scanner, which is fast. */
function importedBy(module: SourceModule, resolve: ImportResolver): readonly string[] {
  const { importedFiles } = ts.preProcessFile(module.text, true, true);
  return importedFiles.flatMap(({ fileName }) => resolve(module.path, fileName) ?? []);
}

/** The specifier of `require('./db')` or `import('./db')`. */
export function requiredBy(call: Node): string | undefined {
  if (!Node.isCallExpression(call)) return undefined;
  const callee = call.getExpression();
  if (callee.getText() !== 'require' && callee.getKind() !== SyntaxKind.ImportKeyword) return undefined;
  const [first] = call.getArguments();
  return first && (Node.isStringLiteral(first) || Node.isNoSubstitutionTemplateLiteral(first))
    ? first.getLiteralText()
    : undefined;
}
