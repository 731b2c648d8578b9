import { type ClassDeclaration, Node } from 'ts-morph';
import type { NodeProject } from './framework.ts';
import { isSamePackage } from './packages.ts';
import { isTestFile } from './test-files.ts';

/** Why a lifecycle method of a Nest class may run more than once, or where no server is going to listen. */
export function whyNotOnce(node: ClassDeclaration, method: Node, project: NodeProject): string | undefined {
  const decorators = Node.isDecoratable(method) ? method.getDecorators().map((one) => one.getName()) : [];
  const again = decorators.find((name) => CALLS_AGAIN.test(name));
  if (again) return `it is also called by @${again}`;
  const scoped = node.getDecorators().find((one) => /\bScope\.(REQUEST|TRANSIENT)\b/.test(one.getText()));
  if (scoped) return 'its provider is made for each request, or each use';
  const subclass = calledBySubclass(node, method, project);
  if (subclass) return `a subclass in ${subclass} calls it as well`;
  const worker = appWithoutServer(node, project);
  return worker && `the app without a server that ${worker} makes runs it too, and nothing listens there`;
}

const CALLS_AGAIN =
  /^(Cron|Interval|Timeout|OnEvent|Process|EventPattern|MessagePattern|Get|Post|Put|Patch|Delete|Query|Mutation)$/;

/** `super.onModuleInit()`: both would keep their tasks in a field of one object. */
function calledBySubclass(node: ClassDeclaration, method: Node, project: NodeProject): string | undefined {
  const name = Node.isMethodDeclaration(method) ? method.getName() : undefined;
  const owner = node.getName();
  if (name === undefined || owner === undefined) return undefined;
  const inherits = new RegExp(`\\bextends\\s+${owner}\\b`);
  return project.containing(`super.${name}`).find((path) => inherits.test(project.read(path) ?? ''));
}

/** A worker of the same package: what creates an application context and does not close it again, as a script would. */
function appWithoutServer(node: ClassDeclaration, project: NodeProject): string | undefined {
  const own = project.modules.of(node).path;
  return project.containing('createApplicationContext(').find((path) => {
    const isScript = isTestFile(path) || /\.close\(\)|\bprocess\.exit\b/.test(project.read(path) ?? '');
    return !isScript && isSamePackage(own, path, project);
  });
}
