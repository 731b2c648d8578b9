import { Node, SyntaxKind } from 'ts-morph';
import type { Hazard } from '../../../../core/index.ts';
import { ownNodes } from '../../tree/own-nodes.ts';
import { whyTracked } from '../tracked-tasks.ts';
import type { StepContext } from './context.ts';

/** Promises that are kept already, promises that would outlive their scope, and what the hook gives back at its own end. */
export function taskScopes(step: StepContext): Hazard[] {
  return [...trackedTasks(step), ...outlivedScopes(step), ...disposedByHook(step)];
}

function trackedTasks({ found, body }: StepContext): Hazard[] {
  return found
    .filter((call) => call.form === 'detached')
    .flatMap((call) => {
      const why = whyTracked(call, body);
      return why ? [{ kind: 'already-tracked', what: why, severity: 'never' } as const] : [];
    });
}

/** A promise that dangles inside a larger statement stays as it is: nobody would track it there. */
function outlivedScopes({ leaf, found, shape, body }: StepContext): Hazard[] {
  if (shape === 'detached' || leaf.role !== 'statement') return [];
  // `config.bot && bot.launch()` is awaited in the background as it stands.
  if (Node.isExpressionStatement(leaf.node) && found.every((call) => call.form === 'detached')) return [];
  const dangling = found.filter((call) => call.form === 'detached' && !whyTracked(call, body));
  if (dangling.length === 0) return [];
  return [{ kind: 'unsupported-syntax', what: 'a promise that it makes would stay untracked', severity: 'never' }];
}

/** `await using pool = …` gives the pool back when the hook ends. */
function disposedByHook({ nodes }: StepContext): Hazard[] {
  const using = nodes
    .filter((node) => Node.isVariableStatement(node))
    .flatMap((node) => ownNodes(node, [SyntaxKind.VariableDeclarationList]))
    .find((list) => /^(await\s+)?using\b/.test(list.getText()));
  if (!using) return [];
  return [{ kind: 'async-with', what: 'what it opens is given back at the end of its block', severity: 'never' }];
}
