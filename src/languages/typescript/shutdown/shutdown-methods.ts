import { Node } from 'ts-morph';
import type { ClassNode, HookDefinition, SourceModule } from '../modules/definition.ts';

/** The methods of a class that a framework calls as the app ends, in the order of the names: `onModuleDestroy`. */
export function shutdownMethods(
  owner: ClassNode,
  names: readonly string[],
  module: SourceModule,
  framework: string,
): HookDefinition[] {
  return names.flatMap((name) => {
    const method = owner.getInstanceMethod(name);
    const body = method?.getBody();
    if (!method || !Node.isBlock(body)) return [];
    const className = owner.getName();
    return [
      {
        framework,
        form: 'shutdown-event' as const,
        module,
        name: className ? `${className}.${name}` : name,
        body,
        node: method,
        outer: method,
        owner,
        notes: [],
      },
    ];
  });
}
