import type { ProjectFiles, StateEffect } from '../../core/index.ts';
import type { CallMade } from './calls-made.ts';
import type { Reached } from './reached.ts';
import type { FunctionDefinition, Resolver } from './resolver.ts';

export function createEffectReader(
  _project: ProjectFiles,
  _resolver: Resolver,
  _callsOf: (of: FunctionDefinition) => readonly CallMade[],
): (of: FunctionDefinition, reached: readonly Reached[]) => readonly StateEffect[] {
  return () => [];
}
