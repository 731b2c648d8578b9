import type { Node } from 'ts-morph';
import { attempt } from '../../../core/index.ts';
import { frameworks } from '../frameworks/index.ts';
import type { AppHooks, SourceModule } from '../modules/definition.ts';
import { isInside, lineOf } from '../tree/own-nodes.ts';
import { appConstruction } from './app-construction.ts';
import { beforeListen } from './before-listen.ts';
import type { Framework } from './framework.ts';
import type { ScanRun } from './scan-run.ts';

/** The hooks of every app: what frameworks call, and what stands before servers listen. */
export function findHooks(modules: readonly SourceModule[], run: ScanRun): readonly AppHooks[] {
  const wanted = frameworks.filter(
    ({ id }) => run.options.frameworks.length === 0 || run.options.frameworks.includes(id),
  );
  const within = <T>({ anchors, files }: Framework, find: (module: SourceModule) => readonly T[]) =>
    modules
      .filter(
        ({ text, path }) => (files === undefined || files.test(path)) && anchors.some((word) => text.includes(word)),
      )
      .flatMap((module) => attempt(module.path, run, () => find(module)));
  const called = wanted.flatMap((framework) => within(framework, (module) => framework.findHooks?.(module, run) ?? []));
  const points = wanted.flatMap((framework) =>
    within(framework, (module) => framework.findListens?.(module, run) ?? []),
  );
  // The first framework that claims a call names it.
  const claimed = new Map<Node, (typeof points)[number]>();
  for (const point of points) if (!claimed.has(point.call)) claimed.set(point.call, point);
  const listening = [...claimed.values()];
  const before = beforeListen(listening, run);
  const bodies = new Set(before.flatMap(({ startup }) => startup.map(({ body }) => body)));
  const making = appConstruction(listening, run).filter(({ startup }) =>
    startup.every(({ body }) => !bodies.has(body)),
  );
  return [...withoutOuterPlugins(called), ...making, ...before];
}

/** A plugin in which another hook of its framework stands leaves the startup tasks to that one: each would declare them. */
function withoutOuterPlugins(apps: readonly AppHooks[]): readonly AppHooks[] {
  const outers = apps.flatMap(({ startup }) => startup.map(({ outer }) => outer));
  return apps.map((app) => ({
    ...app,
    startup: app.startup.map((hook) => {
      const inner = outers.find((outer) => outer !== hook.outer && isInside(outer, hook.body));
      if (!inner || hook.adviceOnly !== undefined) return hook;
      return { ...hook, adviceOnly: `the startup tasks belong to the hook in its line ${lineOf(inner)}` };
    }),
  }));
}
