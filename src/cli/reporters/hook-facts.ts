import type { ReportFile, ReportHook, StartupHook } from '../../core/index.ts';
import type { ReportSource } from './report-source.ts';

/** The facts behind a hook of the report: ranges, steps, shutdown. */
export function hookFacts(
  { analysis }: Pick<ReportSource, 'analysis'>,
  file: ReportFile,
  hook: ReportHook,
): StartupHook | undefined {
  const found = [...analysis.hooks.values()].find(
    ({ hook: { path, line, name } }) => path === file.path && line === hook.line && name === hook.name,
  );
  return found?.hook;
}
