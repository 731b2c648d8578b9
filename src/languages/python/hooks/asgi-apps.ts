import { parameterOf, passedValues } from '../modules/call-sites.ts';
import type { ClassDefinition, Definition, PythonModule } from '../modules/definition.ts';
import { originsOf } from '../modules/origins.ts';
import type { Node } from '../tree/parse.ts';
import { enclosing, enclosingFunction, lastName, objectOf, parametersOf } from '../tree/shapes.ts';
import { named, nameOf } from '../tree/tree.ts';
import type { AppObject, PythonProject } from './framework.ts';
import { returnedBy } from './hook-functions.ts';

/** The classes of one framework whose objects take hooks. */
export interface AsgiClasses {
  readonly apps: readonly string[];
  readonly routers: readonly string[];
  /** Apps that the package itself makes: `nicegui.app`. */
  readonly objects?: readonly string[];
}

export type ClassRole = 'app' | 'router';

/** What a class is to the framework: by its dotted name, or by its bases where the project derives it. */
export function roleOf(
  definition: Definition | undefined,
  classes: AsgiClasses,
  project: PythonProject,
  depth = 0,
): ClassRole | undefined {
  if (definition?.kind === 'external') {
    if (classes.apps.includes(definition.qualifiedName)) return 'app';
    return classes.routers.includes(definition.qualifiedName) ? 'router' : undefined;
  }
  if (definition?.kind !== 'class' || depth > 4 || isFrameworkSource(definition)) return undefined;
  if (isOwnClass(definition, classes)) return 'app';
  for (const base of basesOf(definition)) {
    const role = roleOf(project.modules.resolve(base, definition.module), classes, project, depth + 1);
    if (role) return role;
  }
  return undefined;
}

/** The framework's own tree is being scanned: its classes are no user's app. */
function isFrameworkSource(definition: ClassDefinition): boolean {
  return /(^|\/)(fastapi|starlette)\/(applications|routing)\.py$/.test(definition.module.path);
}

/** Examples in the repository of the framework itself: `src/mcp/server/mcpserver/server.py` is `mcp.server.mcpserver.MCPServer`. */
function isOwnClass({ node, module }: ClassDefinition, { apps }: AsgiClasses): boolean {
  return apps.some((app) => app.split('.').at(-1) === nameOf(node) && isInPackageOf(app, module));
}

/** The module stands in a folder that is called as the package of a dotted name. */
export function isInPackageOf(name: string, { path }: PythonModule): boolean {
  return new RegExp(`(^|/)${name.split('.')[0]}/`).test(path);
}

function basesOf(definition: ClassDefinition): readonly Node[] {
  const list = definition.node.childForFieldName('superclasses');
  return list ? named(list).filter((child) => child.type !== 'keyword_argument') : [];
}

/** The role of what a call makes: `FastAPI(…)`, or `super().__init__(…)` in a class that derives from it. */
export function constructedRole(
  call: Node,
  module: PythonModule,
  classes: AsgiClasses,
  project: PythonProject,
): ClassRole | undefined {
  const callee = call.childForFieldName('function');
  if (!callee) return undefined;
  if (lastName(callee) === '__init__') {
    const owner = enclosing(call, 'class_definition');
    return owner ? roleOf({ kind: 'class', node: owner, module }, classes, project) : undefined;
  }
  return roleOf(project.modules.resolve(callee, module), classes, project);
}

/** The object that a constructing call makes, named after what it is assigned to. */
export function objectMadeBy(call: Node, module: PythonModule, role: ClassRole): AppObject {
  const isRouter = role === 'router';
  const assignment = call.parent?.type === 'assignment' ? call.parent : undefined;
  const target = assignment?.childForFieldName('left')?.text;
  const owner = target === undefined || target.startsWith('self.') ? enclosing(call, 'class_definition') : undefined;
  const scope = enclosingFunction(call);
  const names = [owner && nameOf(owner), !owner && scope ? nameOf(scope) : undefined, target].filter(Boolean);
  const id = `${module.path}:${names.join('.') || `line ${call.startPosition.row + 1}`}`;
  return { id, isRouter, isKnown: true };
}

/** The app or router that an expression stands for; `app.router` is its app. */
export function objectOfExpression(
  node: Node,
  module: PythonModule,
  classes: AsgiClasses,
  project: PythonProject,
  depth = 0,
): { readonly object: AppObject; readonly role: ClassRole | undefined } {
  const inner = objectOf(node);
  const resolved = madeObject(node, module, classes, project, depth);
  if (resolved) return resolved;
  if (inner && lastName(node) === 'router') return objectOfExpression(inner, module, classes, project, depth);
  const scope = enclosingFunction(node);
  const id = `${module.path}:${scope ? `${nameOf(scope)}.` : ''}${node.text}`;
  const role = annotatedRole(node, module, classes, project);
  return { object: { id, isRouter: role === 'router', isKnown: false }, role };
}

/** `def register(app: FastAPI)`: the class tells the framework though not which app it is. */
function annotatedRole(
  node: Node,
  module: PythonModule,
  classes: AsgiClasses,
  project: PythonProject,
): ClassRole | undefined {
  const parameter = node.type === 'identifier' ? parameterOf(node) : undefined;
  const annotation = parameter && annotationOf(parameter.definition, parameter.name);
  return annotation && roleOf(project.modules.resolve(annotation, module), classes, project);
}

function annotationOf(definition: Node, name: string): Node | undefined {
  const type = parametersOf(definition)
    .find((parameter) => parameter.name === name)
    ?.node.childForFieldName('type');
  return type ? named(type)[0] : undefined;
}

function madeObject(
  node: Node,
  module: PythonModule,
  classes: AsgiClasses,
  project: PythonProject,
  depth: number,
): { readonly object: AppObject; readonly role: ClassRole } | undefined {
  if (depth > 5) return undefined;
  if (node.type === 'call') return madeByCall(node, module, classes, project, depth);
  const parameter = node.type === 'identifier' ? parameterOf(node) : undefined;
  if (parameter) {
    const values = passedValues(parameter.definition, parameter.name, module, project);
    const made = values.map((value) => madeObject(value.node, value.module, classes, project, depth + 1));
    const ids = new Set(made.map((one) => one?.object.id));
    return ids.size === 1 ? made[0] : undefined;
  }
  for (const origin of originsOf(node, module, project)) {
    const made = madeObject(origin.node, origin.module, classes, project, depth + 1);
    if (made) return made;
  }
  return undefined;
}

/** `FastAPI()` itself, or `create_app()` that returns one. */
function madeByCall(call: Node, module: PythonModule, classes: AsgiClasses, project: PythonProject, depth: number) {
  const role = constructedRole(call, module, classes, project);
  if (role) return { object: objectMadeBy(call, module, role), role };
  const callee = call.childForFieldName('function');
  const factory = callee ? project.modules.resolve(callee, module) : undefined;
  if (factory?.kind !== 'function') return undefined;
  for (const value of returnedBy(factory.node)) {
    const made = madeObject(value, factory.module, classes, project, depth + 1);
    if (made) return made;
  }
  return undefined;
}
