import type { StartupHook } from '../../../core/index.ts';
import { directiveOf } from '../../wording/comment-lines.ts';
import type { HookDefinition, Modules } from '../modules/definition.ts';
import { linkCounterparts } from '../shutdown/counterparts.ts';
import { shutdownSteps } from '../shutdown/shutdown.ts';
import { trapsIn } from '../traps/index.ts';
import { type Comments, commentsOf } from '../tree/comments.ts';
import { lineOf, rangeOf } from '../tree/own-nodes.ts';
import type { Node } from '../tree/parse.ts';
import { hookBody } from './hook-body.ts';
import { flowOf, type HookFlow, handlerFlow, programFlow } from './hook-flow.ts';
import { referencedHook } from './referenced-hook.ts';
import { startupSteps } from './steps.ts';

/** The facts of a hook: its steps, its shutdown, and where text can be written into it. */
export function describeHook(definition: HookDefinition, modules: Modules): StartupHook {
  if (definition.isReference) return referencedHook(definition, modules);
  const { module, node, outer } = definition;
  const body = definition.serving?.block ?? node.childForFieldName('body') ?? node;
  const comments = commentsOf(module.root, module.text);
  const flow = flowOfHook(definition, body);
  const context = { definition, modules, body, comments, flow };
  const name = node.type === 'module' ? '(module)' : (node.childForFieldName('name')?.text ?? '<lambda>');
  const line = lineOf(node.type === 'module' ? (definition.serving?.listens[0] ?? node) : node);
  const steps = startupSteps(context);
  const oneLine = body.startPosition.row === node.startPosition.row;
  const adviceOnly =
    definition.adviceOnly ?? (oneLine ? `the body of ${name} stands on the line of its def` : undefined);
  const hook: StartupHook = {
    id: `${module.path}:${line}:${name}`,
    path: module.path,
    name,
    framework: definition.framework,
    form: definition.form,
    line,
    range: rangeOf(outer),
    steps,
    shutdown: shutdownSteps(context),
    body: hookBody(definition, body),
    ...(adviceOnly ? { adviceOnly } : {}),
    notes: [
      ...definition.notes,
      ...directiveNotes(
        node,
        comments,
        steps.map((step) => step.directive?.line),
      ),
    ],
    traps: trapsIn({ definition, steps, flow, modules }),
  };
  return linkCounterparts([hook])[0] ?? hook;
}

/** The statements of a hook, before and after the point at which the app serves. */
function flowOfHook({ form, serving }: HookDefinition, body: Node): HookFlow {
  if (serving) return programFlow(body, serving);
  if (form === 'lifespan') return flowOf(body);
  return handlerFlow(body, form === 'startup-event' ? 'startup' : 'shutdown');
}

/** Directives in the hook that cannot be read, or that stand at no step. */
function directiveNotes(node: Node, comments: Comments, used: readonly (number | undefined)[]): string[] {
  const notes: string[] = [];
  for (const comment of comments.values()) {
    if (comment.start < node.startIndex || comment.start > node.endIndex) continue;
    const directive = directiveOf(comment);
    if (directive === 'invalid')
      notes.push(`the directive in line ${comment.line} is neither critical nor background: ${comment.text}`);
    else if (directive && !used.includes(directive.line))
      notes.push(`the directive in line ${comment.line} stands at no startup step`);
  }
  return notes;
}
