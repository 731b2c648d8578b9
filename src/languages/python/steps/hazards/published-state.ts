import { formatPlace, type Hazard, type StateEffect } from '../../../../core/index.ts';
import { bindingsIn } from '../name-uses.ts';
import type { StepContext } from './context.ts';

/** What the step assigns outside the hook: `app.state.pool = await create_pool()`, a module global, `self.client`. */
export function publishedState(step: StepContext): Hazard[] {
  const { nodes, attached, declared, definition, modules } = step;
  const flags = new Set(attached.filter((one) => one.why === 'flag').map((one) => one.node.startIndex));
  const targets = nodes
    .filter((node) => !flags.has(node.startIndex))
    .flatMap(bindingsIn)
    .filter(({ path, isPart }) => isPart || path.includes('.') || declared.has(path));
  if (targets.length === 0 || step.shape === 'detached') return [];
  const body =
    definition.kind === 'module'
      ? undefined
      : modules.calleeBody({ kind: 'function', module: definition.module, node: definition.node });
  return targets.flatMap(({ path }) => hazardFor(path, body?.effects ?? []));
}

function hazardFor(path: string, effects: readonly StateEffect[]): Hazard[] {
  const effect = effects.find(
    ({ target }) => target === path || target.endsWith(`.${path}`) || path.endsWith(`.${target}`),
  );
  const readers = effect?.readers ?? [];
  if (readers.length > 0 && readers.every(({ copes }) => copes)) return [];
  const needing = readers.find(({ copes }) => !copes);
  const what = needing
    ? `${path} is read in ${formatPlace(needing.at)}`
    : `${path} is filled for code outside the hook`;
  return [{ kind: 'publishes-state', what, severity: 'unsafe', ...(needing ? { at: needing.at } : {}) }];
}
