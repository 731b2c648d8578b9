import { constructedRole, objectMadeBy } from '../hooks/asgi-apps.ts';
import type { AppObject, PythonProject } from '../hooks/framework.ts';
import type { PythonModule } from '../modules/definition.ts';
import type { Node } from '../tree/parse.ts';
import { descendants } from '../tree/shapes.ts';

/** The call that makes an app, with its module. */
export interface Construction {
  readonly call: Node;
  readonly module: PythonModule;
}

/** Frameworks that have both events and a `lifespan=` argument. */
const CLASSES = ['fastapi.FastAPI', 'fastapi.applications.FastAPI', 'starlette.applications.Starlette'];

/** The only call that makes the app, of the framework's own class: a class of the project may not take a lifespan. */
export function constructionOf(owner: AppObject, project: PythonProject): Construction | undefined {
  const path = owner.id.slice(0, owner.id.lastIndexOf(':'));
  const module = project.modules.at(path);
  if (!module) return undefined;
  const calls = descendants(module.root, 'call').filter((call) => makes(call, owner, module, project));
  const [call, second] = calls;
  return call && !second ? { call, module } : undefined;
}

function makes(call: Node, owner: AppObject, module: PythonModule, project: PythonProject): boolean {
  const callee = call.childForFieldName('function');
  const found = callee ? project.modules.resolve(callee, module) : undefined;
  if (found?.kind !== 'external' || !CLASSES.includes(found.qualifiedName)) return false;
  const role = constructedRole(call, module, { apps: CLASSES, routers: [] }, project);
  return role === 'app' && objectMadeBy(call, module, role).id === owner.id;
}
