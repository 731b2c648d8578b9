import { frameworks } from '../frameworks/index.ts';
import type { HookDefinition, PythonModule } from '../modules/definition.ts';
import { keyOf } from '../tree/tree.ts';
import { beforeListen } from './before-listen.ts';
import { delegatesOf } from './delegates.ts';
import type { CodePlace, Framework, FrameworkFindings, Inclusion, PythonProject, Registration } from './framework.ts';
import { isTestFile } from './test-files.ts';

/** Hooks of a set of modules, each once, with the ways in which apps come to run them. */
export interface FoundHooks extends FrameworkFindings {
  readonly definitions: readonly HookDefinition[];
}

/** What the modules hand to apps of the wanted frameworks (all, where none is named). Apps of tests are no servers. */
export function findHooks(
  modules: readonly PythonModule[],
  project: PythonProject,
  wanted: readonly string[],
): FoundHooks {
  const chosen = frameworks.filter(({ id }) => wanted.length === 0 || wanted.includes(id));
  const own = modules.filter((module) => !isTestFile(module.path));
  const found = own.flatMap((module) => chosen.flatMap((framework) => framework.findHooks(module, project)));
  const listens = own.flatMap((module) =>
    chosen.flatMap((framework) => framework.findListens?.(module, project) ?? []),
  );
  const registrations = distinctRegistrations([...found, ...beforeListen(listens, project)]).filter(
    ({ definition }) => !isTestFile(definition.module.path),
  );
  return {
    registrations,
    inclusions: inclusionsFor(registrations, own, chosen, project),
    definitions: withDelegates(
      [...distinctDefinitions(registrations), ...registrations.flatMap(({ reference }) => reference ?? [])],
      project,
    ),
  };
}

function withDelegates(definitions: readonly HookDefinition[], project: PythonProject): readonly HookDefinition[] {
  const known = new Map(definitions.map((definition) => [definitionKey(definition), definition]));
  for (const delegate of definitions.flatMap((definition) => delegatesOf(definition, project))) {
    if (!known.has(definitionKey(delegate))) known.set(definitionKey(delegate), delegate);
  }
  return [...known.values()].sort((a, b) => comparePlaces(placeOf(a), placeOf(b)));
}

function inclusionsFor(
  registrations: readonly Registration[],
  modules: readonly PythonModule[],
  chosen: readonly Framework[],
  project: PythonProject,
): readonly Inclusion[] {
  if (registrations.length === 0) return [];
  const all = [...modules, ...includingModules(modules, project)];
  let owners = new Set(registrations.map(({ owner }) => owner.id));
  let inclusions: readonly Inclusion[] = [];
  // A router that includes one with hooks owns hooks itself.
  for (let round = 0; round < 3; round++) {
    inclusions = mergedInclusions(
      all.flatMap((module) => chosen.flatMap((framework) => framework.findInclusions(module, project, owners))),
    );
    const grown = new Set([
      ...owners,
      ...inclusions.filter(({ kind }) => kind === 'include').map(({ parent }) => parent.id),
    ]);
    if (grown.size === owners.size) break;
    owners = grown;
  }
  return inclusions;
}

/** Other modules that include routers or mount apps: they need not name any hook. */
function includingModules(known: readonly PythonModule[], project: PythonProject): readonly PythonModule[] {
  const paths = new Set(['include_router', '.mount('].flatMap((word) => project.containing(word)));
  for (const { path } of known) paths.delete(path);
  return [...paths].flatMap((path) => (isTestFile(path) ? [] : (project.modules.at(path) ?? [])));
}

/** Tells a definition apart from every other one of the project. */
export function definitionKey(definition: HookDefinition): string {
  return keyOf(definition.module, definition.node);
}

/** Two frameworks may claim one registration: the one that knows the app is right. */
function distinctRegistrations(all: readonly Registration[]): readonly Registration[] {
  const best = new Map<string, Registration>();
  for (const registration of all) {
    const key = `${placeKey(registration.place)} ${definitionKey(registration.definition)} ${registration.definition.form}`;
    const other = best.get(key);
    if (!other || (!other.owner.isKnown && registration.owner.isKnown)) best.set(key, registration);
  }
  return [...best.values()];
}

/** Each framework knows its own apps: both ends of `app.mount("/mcp", starlette_app)` are found between them. */
function mergedInclusions(all: readonly Inclusion[]): readonly Inclusion[] {
  const merged = new Map<string, Inclusion>();
  for (const inclusion of all) {
    const key = `${placeKey(inclusion.place)} ${inclusion.kind}`;
    const other = merged.get(key);
    merged.set(key, {
      ...inclusion,
      parent: other?.parent.isKnown ? other.parent : inclusion.parent,
      child: other?.child.isKnown ? other.child : inclusion.child,
    });
  }
  return [...merged.values()];
}

function distinctDefinitions(registrations: readonly Registration[]): readonly HookDefinition[] {
  const found = new Map<string, HookDefinition>();
  for (const { definition, wraps } of registrations) {
    for (const each of [definition, ...(wraps ?? [])]) {
      const key = definitionKey(each);
      const other = found.get(key);
      found.set(key, other && other.form !== each.form ? asBoth(other) : (other ?? each));
    }
  }
  return [...found.values()].sort((a, b) => comparePlaces(placeOf(a), placeOf(b)));
}

function asBoth(definition: HookDefinition): HookDefinition {
  return { ...definition, adviceOnly: 'it runs at startup and at shutdown' };
}

function placeOf(definition: HookDefinition): CodePlace {
  return { path: definition.module.path, offset: definition.node.startIndex };
}

function comparePlaces(a: CodePlace, b: CodePlace): number {
  return a.path === b.path ? a.offset - b.offset : a.path < b.path ? -1 : 1;
}

function placeKey(place: CodePlace): string {
  return `${place.path}:${place.offset}`;
}
