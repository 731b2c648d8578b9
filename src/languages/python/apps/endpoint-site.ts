import type { EndpointSite } from '../../../core/index.ts';
import type { PythonProject } from '../hooks/framework.ts';
import { isTestFile } from '../hooks/test-files.ts';
import { lineStart, nextLine } from '../syntax/text.ts';
import type { Construction } from './construction.ts';

/** Below the statement that makes an app of FastAPI or Starlette: what is added there comes before every route of its own. */
export function endpointSite({ call, module }: Construction, project: PythonProject): EndpointSite | undefined {
  const assignment = call.parent;
  const statement = assignment?.type === 'assignment' ? assignment.parent : undefined;
  const target = assignment?.childForFieldName('left');
  if (statement?.type !== 'expression_statement' || target?.type !== 'identifier') return undefined;
  const start = lineStart(module.text, statement.startIndex);
  return {
    path: module.path,
    line: call.startPosition.row + 1,
    app: target.text,
    at: nextLine(module.text, statement.endIndex),
    indent: module.text.slice(start, statement.startIndex),
    placeOf: (route) => placeOf(route, project),
    isCovered: COVERS.test(call.childForFieldName('arguments')?.text ?? ''),
  };
}

/** `Mount("/", …)` or `Route("/{rest:path}", …)` among the routes that the app is made with. */
const COVERS = /Mount\(\s*["']\/?["']|["']\/\{\w+:path\}/;

/** A string of exactly this path, in code that is no test. */
function placeOf(route: string, { modules, containing }: PythonProject): string | undefined {
  for (const quoted of [`"${route}"`, `'${route}'`]) {
    const path = containing(quoted).find((one) => !isTestFile(one));
    const text = path === undefined ? undefined : modules.at(path)?.text;
    if (text !== undefined) return `${path}:${text.slice(0, text.indexOf(quoted)).split('\n').length}`;
  }
  return undefined;
}
