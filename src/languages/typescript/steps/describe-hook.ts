import { Node } from 'ts-morph';
import type { StartupHook } from '../../../core/index.ts';
import { directiveOf } from '../../wording/comment-lines.ts';
import type { HookDefinition, Modules } from '../modules/definition.ts';
import { linkCounterparts } from '../shutdown/counterparts.ts';
import { shutdownSteps } from '../shutdown/shutdown.ts';
import { blocksInHook } from '../traps/blocks-in-hook.ts';
import { type Comments, commentsOf } from '../tree/comments.ts';
import { isInside, lineOf, rangeOf } from '../tree/own-nodes.ts';
import { hookBody } from './hook-body.ts';
import { flowBefore, flowOf, type HookFlow } from './hook-flow.ts';
import { startupSteps } from './steps.ts';
import { tasksPlace } from './tasks-place.ts';

/** The facts of a hook: its steps, its shutdown, and where text can be written into it. */
export function describeHook(definition: HookDefinition, modules: Modules): StartupHook {
  const { module, body, outer, name, framework, form } = definition;
  const comments = commentsOf(module);
  const flow = flowOfHook(definition, modules);
  const context = { definition, modules, body, comments, flow };
  const steps = startupSteps(context);
  const firstCall = steps.find(({ calls }) => calls.length > 0)?.range.start ?? definition.listen?.getStart();
  const tasks =
    form === 'shutdown-event' ? undefined : tasksPlace(definition, firstCall ?? body.getEnd(), comments, modules);
  const adviceOnly = definition.adviceOnly ?? (typeof tasks === 'string' ? tasks : undefined);
  const line = lineOf(definition.node ?? definition.listen ?? body);
  const hook: StartupHook = {
    id: `${module.path}:${line}:${name}`,
    path: module.path,
    name,
    framework,
    form,
    line,
    range: rangeOf(outer),
    steps,
    shutdown: shutdownSteps(context),
    body: hookBody(definition, typeof tasks === 'string' ? undefined : tasks),
    ...(adviceOnly === undefined ? {} : { adviceOnly }),
    notes: [
      ...definition.notes,
      ...directiveNotes(
        definition,
        comments,
        steps.map((step) => step.directive?.line),
      ),
    ],
    traps: blocksInHook(definition, flow, modules),
  };
  return linkCounterparts([hook])[0] ?? hook;
}

/** The statements of a hook that run before the server listens. */
function flowOfHook({ form, listen, body }: HookDefinition, modules: Modules): HookFlow {
  if (form === 'shutdown-event') return { startup: [] };
  return listen && isInside(listen, body) ? flowBefore(listen, body, modules) : flowOf(body, modules);
}

/** Directives in the hook that cannot be read, or that stand at no step. */
function directiveNotes(
  { body, form }: HookDefinition,
  comments: Comments,
  used: readonly (number | undefined)[],
): string[] {
  if (form === 'shutdown-event') return [];
  const notes: string[] = [];
  for (const comment of comments.values()) {
    if (!Node.isSourceFile(body) && (comment.start < body.getStart() || comment.start > body.getEnd())) continue;
    const directive = directiveOf(comment);
    if (directive === 'invalid')
      notes.push(`the directive in line ${comment.line} is neither critical nor background: ${comment.text}`);
    else if (directive && !used.includes(directive.line) && !Node.isSourceFile(body))
      notes.push(`the directive in line ${comment.line} stands at no startup step`);
  }
  return notes;
}
