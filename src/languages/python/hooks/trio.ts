import type { ProjectFiles } from '../../../core/index.ts';
import { isTestFile } from './test-files.ts';

/** Why no hook of the project can be rewritten: its server runs on trio. */
export function trioUse(project: ProjectFiles): string | undefined {
  const path = project
    .containing('trio', '.py')
    .find((candidate) => !isTestFile(candidate) && RUNS_ON_TRIO.test(project.read(candidate) ?? ''));
  return path === undefined ? undefined : `the runtime helper needs asyncio, and ${path} runs on trio`;
}

/** `anyio.run(main, backend="trio")`, `config.worker_class = "trio"`, `trio.run(serve, app, config)`, hypercorn's trio worker. */
const RUNS_ON_TRIO =
  /^[^#\n]*(\bbackend\s*=\s*["']trio["']|\bworker_class\s*=\s*["']trio["']|\btrio\.run\(|from hypercorn\.trio import)/m;
