import { type StartupHook, textOf } from '../../src/core/index.ts';
import type { HookDefinition } from '../../src/languages/python/modules/definition.ts';
import { createModules } from '../../src/languages/python/modules/modules.ts';
import { describeHook } from '../../src/languages/python/steps/describe-hook.ts';
import { ownNodes } from '../../src/languages/python/tree/own-nodes.ts';
import { memoryProject } from '../memory-project.ts';

/** The facts of a function as a hook, and the text that it stands in. */
export interface Described {
  readonly hook: StartupHook;
  readonly text: string;
  /** The text of every startup step. */
  readonly steps: readonly string[];
}

/** Describes the function `name` of `main.py`. */
export function hookOf(
  source: string,
  options: { name?: string; form?: HookDefinition['form']; files?: Record<string, string> } = {},
): Described {
  const modules = createModules(memoryProject({ 'main.py': source, ...options.files }));
  const module = modules.at('main.py');
  const name = options.name ?? 'lifespan';
  const node = module && functionsIn(module.root).find((one) => one.childForFieldName('name')?.text === name);
  if (!module || !node) throw new Error(`no function ${name}`);
  const outer = node.parent?.type === 'decorated_definition' ? node.parent : node;
  const form = options.form ?? 'lifespan';
  const kind = form === 'lifespan' ? 'context-manager' : 'function';
  const hook = describeHook({ framework: 'fastapi', form, module, node, outer, kind, notes: [] }, modules);
  const file = { path: 'main.py', text: module.text, bom: false, language: 'python' };
  return { hook, text: module.text, steps: hook.steps.map((step) => textOf(file, step.range)) };
}

function functionsIn(root: HookDefinition['node']): HookDefinition['node'][] {
  return ownNodes(root, ['function_definition']).flatMap((node) => {
    const body = node.childForFieldName('body');
    return body ? [node, ...functionsIn(body)] : [node];
  });
}

/** A lifespan with the lines before and after its `yield`. */
export function lifespan(before: string, after = ''): string {
  const body = [...before.split('\n'), 'yield', ...after.split('\n')].filter((line) => line !== '');
  return `@asynccontextmanager\nasync def lifespan(app):\n${body.map((line) => `    ${line}`).join('\n')}\n`;
}
