import type { ProjectFiles } from '../../../core/index.ts';
import type { PythonModule } from '../modules/definition.ts';
import { isTestFile } from './test-files.ts';

/** Why no hook of the module can be rewritten: a program that is started from the same folder runs its server on trio. */
export function trioUse(module: PythonModule, project: ProjectFiles): string | undefined {
  const root = importRoot(module);
  const path = project
    .containing('trio', '.py')
    .filter((candidate) => candidate.startsWith(root) && !isTestFile(candidate))
    .find((candidate) => RUNS_ON_TRIO.test(project.read(candidate) ?? ''));
  return path === undefined ? undefined : `the runtime helper needs asyncio, and ${path} runs on trio`;
}

/** `backend/` for `backend/app/main.py`, which is imported as `app.main`; empty where that is the project's root. */
function importRoot({ path, name }: PythonModule): string {
  const tail = name.replaceAll('.', '/');
  const at = path.replace(/(?:\/__init__)?\.py$/, '').lastIndexOf(tail);
  return path.slice(0, Math.max(0, at));
}

/** `anyio.run(main, backend="trio")`, `config.worker_class = "trio"`, `trio.run(serve, app, config)`, hypercorn's trio worker. */
const RUNS_ON_TRIO =
  /^[^#\n]*(\bbackend\s*=\s*["']trio["']|\bworker_class\s*=\s*["']trio["']|\btrio\.run\(|from hypercorn\.trio import)/m;
