import type { AppStartup, TrapCode } from '../../../core/index.ts';
import { madeApp } from '../apps/made-app.ts';
import type { HookDefinition } from '../modules/definition.ts';
import { nameOf } from '../tree/tree.ts';
import type { AppObject, FrameworkFindings, Inclusion, PythonProject, Registration } from './framework.ts';
import { definitionKey } from './hooks.ts';
import { registrationOrder } from './registration-order.ts';

/** The order in which the hooks of each app run, and what was seen about single hooks on the way. */
export interface HookOrder {
  readonly apps: readonly AppStartup[];
  /** By `definitionKey`: a note for the user, and why the hook cannot be rewritten. */
  readonly remarks: ReadonlyMap<string, HookRemark>;
}

export interface HookRemark {
  readonly note: string;
  readonly adviceOnly: boolean;
  /** It is told as this trap, not as a note. */
  readonly trap?: TrapCode;
}

/** What runs for one app: hooks in order, and the reason why that order is not certain. */
interface Sequence {
  readonly startup: readonly HookDefinition[];
  readonly shutdown: readonly HookDefinition[];
  readonly doubts: readonly string[];
}

/** What was found, with the project that it was found in. */
interface Findings extends FrameworkFindings {
  readonly project: PythonProject;
}

/** Orders the hooks of every app; `idOf` is the id of the hook that a definition became; `seeksApps`: what makes them is wanted, too. */
export function orderHooks(
  found: FrameworkFindings,
  project: PythonProject,
  idOf: (definition: HookDefinition) => string | undefined,
  seeksApps: boolean,
): HookOrder {
  const findings = { ...found, project };
  const owners = distinctOwners(findings);
  const included = new Set(findings.inclusions.filter(({ kind }) => kind === 'include').map(({ child }) => child.id));
  const roots = owners.filter((owner) => !included.has(owner.id));
  const ids = (definitions: readonly HookDefinition[]) => definitions.flatMap((one) => idOf(one) ?? []);
  const apps = roots.flatMap((owner) => {
    const made = seeksApps ? whatMakes(owner, findings) : {};
    return variantsOf(owner, findings).map((sequence): AppStartup => {
      const why = sequence.doubts[0];
      const order = { id: owner.id, startupOrder: ids(sequence.startup), shutdownOrder: ids(sequence.shutdown) };
      return {
        ...order,
        orderKnown: why === undefined,
        ...(why === undefined ? {} : { why }),
        ...made,
      };
    });
  });
  return { apps: withoutContradictions(apps), remarks: remarksOn(findings) };
}

function distinctOwners({ registrations, inclusions }: FrameworkFindings): readonly AppObject[] {
  const all = [...registrations.map(({ owner }) => owner), ...inclusions.map(({ parent }) => parent)];
  return [...new Map(all.map((owner) => [owner.id, owner])).values()];
}

/** One sequence an app, or one for each lifespan where only one of several is used. */
function variantsOf(owner: AppObject, findings: Findings): readonly Sequence[] {
  const lifespans = ownRegistrations(owner, 'lifespan', findings);
  const choices: readonly (Registration | undefined)[] = lifespans.some(({ alternative }) => alternative)
    ? lifespans
    : [lifespans.at(-1)];
  const sequences = choices.map((lifespan) => sequenceOf(owner, lifespan, findings, new Set([owner.id])));
  return sequences.filter(({ startup, shutdown }) => startup.length + shutdown.length > 0);
}

/**
 * FastAPI merges an app's own lifespan (outer) with those of its routers (inner), in the order in which they are included.
 * Without a lifespan the events of the app and its routers run first; with one, events of the app itself never run.
 */
function sequenceOf(
  owner: AppObject,
  lifespan: Registration | undefined,
  findings: Findings,
  seen: ReadonlySet<string>,
): Sequence {
  const own = ownSequence(owner, lifespan, findings);
  const children = findings.inclusions
    .filter(({ parent, child, kind }) => kind === 'include' && parent.id === owner.id && !seen.has(child.id))
    .map(({ child }) => {
      const inner = ownRegistrations(child, 'lifespan', findings).at(-1);
      return sequenceOf(child, inner, findings, new Set([...seen, child.id]));
    });
  const startup = [...own.startup, ...children.flatMap((child) => child.startup)];
  const shutdown = [...children.toReversed().flatMap((child) => child.shutdown), ...own.shutdown];
  return {
    startup,
    shutdown,
    doubts: [...own.doubts, ...children.flatMap((child) => child.doubts), ...includeDoubts(owner, findings)],
  };
}

function ownSequence(owner: AppObject, lifespan: Registration | undefined, findings: Findings): Sequence {
  const phased = ownRegistrations(owner, 'phase', findings);
  if (phased.length > 0) return phasesOf(phased, owner);
  return lifespan ? aroundWrapped(lifespan, owner, findings) : eventsOf(owner, findings);
}

/** A lifespan stands before and after those that it enters: its part before the `async with`, and the one inside. */
function aroundWrapped(lifespan: Registration, owner: AppObject, findings: Findings): Sequence {
  const previous = lifespan.wrapsPrevious ? beforeAssignment(lifespan, owner, findings) : undefined;
  const inner = [...(lifespan.wraps ?? []), ...(previous?.startup ?? [])];
  const own = lifespan.definition;
  return {
    startup: inner.length > 0 ? [own, ...inner, own] : [own],
    shutdown: [own, ...(previous?.shutdown ?? []), ...(lifespan.wraps ?? []).toReversed()].filter(isFirst),
    doubts: [
      ...(lifespan.isUnordered ? [`${nameOf(own.node)} runs lifespans in the order in which they are registered`] : []),
      ...(lifespan.wraps ?? []).flatMap((one) => enteredElsewhere(one, own, findings)),
    ],
  };
}

/** A lifespan that other code enters by itself, a test for one, would miss there what the wrapping one makes. */
function enteredElsewhere(inner: HookDefinition, outer: HookDefinition, { project }: Findings): readonly string[] {
  const name = nameOf(inner.node);
  const enters = new RegExp(`^\\s*async with\\b(?:[^#\\n]*\\b|\\s*\\(\\s*)${name}\\(`, 'm');
  const own = [inner.module.path, outer.module.path];
  const others = project.containing(name).filter((path) => !own.includes(path));
  return others
    .filter((path) => enters.test(project.modules.at(path)?.text ?? ''))
    .slice(0, 1)
    .map((path) => `${name} is entered by ${path} too, outside of ${nameOf(outer.node)}`);
}

function isFirst(definition: HookDefinition, index: number, all: readonly HookDefinition[]): boolean {
  return all.findIndex((other) => definitionKey(other) === definitionKey(definition)) === index;
}

/** `inner = app.router.lifespan_context; app.router.lifespan_context = wrapper`: what the app had before. */
function beforeAssignment(lifespan: Registration, owner: AppObject, findings: Findings): Sequence {
  const before = ownRegistrations(owner, 'lifespan', findings).filter((other) => other !== lifespan);
  const previous = before.at(-1);
  return previous ? aroundWrapped({ ...previous, wrapsPrevious: false }, owner, findings) : eventsOf(owner, findings);
}

/** Hooks of a framework that runs them phase by phase, in each in the order of their registration or against it. */
function phasesOf(registrations: readonly Registration[], owner: AppObject): Sequence {
  const startup = registrations.filter(({ phase }) => phase?.startup !== undefined);
  const shutdown = registrations.filter(({ phase }) => phase?.shutdown !== undefined);
  const isReversed = ({ phase }: Registration) => phase?.lastShutsDownFirst === true;
  const leaving = [...shutdown.filter(isReversed).toReversed(), ...shutdown.filter((one) => !isReversed(one))];
  const paths = new Set(registrations.map(({ place }) => place.path));
  return {
    startup: startup
      .toSorted((a, b) => (a.phase?.startup ?? 0) - (b.phase?.startup ?? 0))
      .map(({ definition }) => definition),
    shutdown: leaving
      .toSorted((a, b) => (a.phase?.shutdown ?? 0) - (b.phase?.shutdown ?? 0))
      .map(({ definition }) => definition),
    doubts: [...(paths.size > 1 ? [fileDoubt(registrations)] : []), ...ownerDoubts(owner, startup)],
  };
}

function whatMakes(owner: AppObject, findings: Findings): Pick<AppStartup, 'events' | 'endpoints'> {
  const order = eventOrder(ownRegistrations(owner, 'event', findings), findings);
  return madeApp(owner, order, findings, findings.project);
}

function eventOrder(events: readonly Registration[], { project }: Findings): readonly Registration[] | undefined {
  const importers = [...new Set(events.map(({ place }) => stemOf(place.path)))].flatMap(project.containing);
  return registrationOrder(events, project.modules, importers);
}

function eventsOf(owner: AppObject, findings: Findings): Sequence {
  const events = ownRegistrations(owner, 'event', findings);
  const order = eventOrder(events, findings);
  const ordered = order ?? events;
  const startup = ordered.filter(({ definition }) => definition.form === 'startup-event');
  const shutdown = ordered.filter(({ definition }) => definition.form === 'shutdown-event');
  return {
    startup: startup.map(({ definition }) => definition),
    shutdown: shutdown.map(({ definition }) => definition),
    doubts: [...(order ? [] : [fileDoubt(events)]), ...ownerDoubts(owner, startup)],
  };
}

/** `previews` of `app/previews.py`: the word by which other files import it. */
function stemOf(path: string): string {
  return path.replace(/(\/__init__)?\.py$/, '').replace(/^.*\//, '');
}

function fileDoubt(events: readonly Registration[]): string {
  const paths = [...new Set(events.map(({ place }) => place.path))];
  return `its event handlers are registered in several files (${paths.join(', ')}), in an order that could not be found`;
}

function ownerDoubts(owner: AppObject, startup: readonly Registration[]): readonly string[] {
  if (owner.isRouter && startup.some(({ via }) => via === 'event'))
    return ['FastAPI runs the events of an included router more than once'];
  return owner.isKnown || startup.length === 0 ? [] : ['the app that it belongs to could not be traced'];
}

/** Routers that are included in several files, each with a lifespan. */
function includeDoubts(owner: AppObject, { registrations, inclusions }: FrameworkFindings): readonly string[] {
  const withHooks = inclusions.filter(
    ({ parent, child, kind }) =>
      kind === 'include' &&
      parent.id === owner.id &&
      registrations.some((registration) => registration.owner.id === child.id),
  );
  const paths = new Set(withHooks.map(({ place }) => place.path));
  return paths.size > 1 ? ['routers with lifespans are included in several files'] : [];
}

function ownRegistrations(owner: AppObject, via: Registration['via'], { registrations }: FrameworkFindings) {
  return registrations
    .filter((registration) => registration.owner.id === owner.id && registration.via === via)
    .toSorted((a, b) =>
      a.place.path === b.place.path ? a.place.offset - b.place.offset : a.place.path < b.place.path ? -1 : 1,
    );
}

/** A hook that two apps run at different places of their order cannot be written for both. */
function withoutContradictions(apps: readonly AppStartup[]): readonly AppStartup[] {
  const orders = new Map<string, Set<string>>();
  for (const app of apps) {
    for (const id of [...app.startupOrder, ...app.shutdownOrder]) {
      orders.set(id, (orders.get(id) ?? new Set()).add(`${app.startupOrder.join()} ${app.shutdownOrder.join()}`));
    }
  }
  const isTorn = (app: AppStartup) =>
    [...app.startupOrder, ...app.shutdownOrder].some((id) => (orders.get(id)?.size ?? 0) > 1);
  const why = 'a hook of it also belongs to an app that runs other hooks';
  return apps.map((app) => (app.orderKnown && isTorn(app) ? { ...app, orderKnown: false, why } : app));
}

function remarksOn(findings: FrameworkFindings): ReadonlyMap<string, HookRemark> {
  const remarks = new Map<string, HookRemark>();
  const mounted = new Set(
    findings.inclusions.filter(({ kind }: Inclusion) => kind === 'mount').map(({ child }) => child.id),
  );
  const withLifespan = new Set(
    findings.registrations
      .filter(({ via, wrapsPrevious }) => via === 'lifespan' && !wrapsPrevious)
      .map(({ owner }) => owner.id),
  );
  for (const { definition } of mixedPhases(findings.registrations)) {
    const note = 'its app has hooks of two kinds, so that the tasks would start in one and end in another';
    remarks.set(definitionKey(definition), { note, adviceOnly: true });
  }
  for (const { definition, owner, via } of findings.registrations) {
    if (mounted.has(owner.id)) {
      const note = 'it belongs to a mounted app, whose startup hooks the server does not run by itself';
      remarks.set(definitionKey(definition), { note, adviceOnly: false });
    }
    if (via === 'event' && !owner.isRouter && withLifespan.has(owner.id)) {
      const note = 'it is never called, because the app has a lifespan';
      remarks.set(definitionKey(definition), { note, adviceOnly: true, trap: 'SC102' });
    }
  }
  return remarks;
}

/** A lifespan ends what it starts; beside one, handlers of events would release what they cannot end, or the other way round. */
function mixedPhases(registrations: readonly Registration[]): readonly Registration[] {
  const phased = registrations.filter(({ via }) => via === 'phase');
  const formsOf = (owner: AppObject) =>
    new Set(phased.filter((one) => one.owner.id === owner.id).map(({ definition }) => definition.form === 'lifespan'));
  return phased.filter(({ owner }) => formsOf(owner).size > 1);
}
