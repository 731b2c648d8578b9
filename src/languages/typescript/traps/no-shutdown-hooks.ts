import type { TrapSighting } from '../../../core/index.ts';
import { lineOf } from '../tree/own-nodes.ts';
import type { HookSite } from './hook-site.ts';

/** A Nest app that listens in a project in which nothing calls `enableShutdownHooks()`. */
export function noShutdownHooks({ definition, hook, project }: HookSite): readonly TrapSighting[] {
  const { framework, listen } = definition;
  // `void bootstrap()` listens as well: the call itself is enough.
  if (framework !== 'nestjs' || hook.form !== 'before-listen' || !listen || !LISTEN.test(listen.getText())) return [];
  if (project.containing('enableShutdownHooks').length > 0 || !hasShutdownMethods(project)) return [];
  const path = project.modules.of(listen).path;
  const what =
    'no app of the project calls enableShutdownHooks(): on SIGTERM the shutdown methods of its providers are never called';
  return [{ code: 'SC108', path, line: lineOf(listen), what }];
}

const LISTEN = /\.listen(Async)?\s*\([^()]*\)$/;

/** Without any there is nothing that Nest could call. */
function hasShutdownMethods({ containing }: HookSite['project']): boolean {
  return ['onModuleDestroy', 'beforeApplicationShutdown', 'onApplicationShutdown'].some(
    (name) => containing(name).length > 0,
  );
}
