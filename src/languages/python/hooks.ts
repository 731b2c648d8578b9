import type { HookDefinition, PythonModule } from './definition.ts';
import type { CodePlace, FrameworkFindings, Inclusion, PythonProject, Registration } from './framework.ts';
import { frameworks } from './frameworks/index.ts';
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
  const findings = modules
    .filter((module) => !isTestFile(module.path))
    .flatMap((module) => chosen.map((framework) => framework.find(module, project)));
  const registrations = distinctRegistrations(findings.flatMap((found) => found.registrations));
  const inTests = registrations.filter(({ definition }) => isTestFile(definition.module.path));
  return {
    registrations: registrations.filter((registration) => !inTests.includes(registration)),
    inclusions: mergedInclusions(findings.flatMap((found) => found.inclusions)),
    definitions: distinctDefinitions(registrations.filter((registration) => !inTests.includes(registration))),
  };
}

/** Tells a definition apart from every other one of the project. */
export function definitionKey(definition: HookDefinition): string {
  return `${definition.module.path}:${definition.node.startIndex}`;
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
