import type { Node } from 'ts-morph';
import type { FailureHandling, StartupCall, StepShape, TextRange } from '../../../../core/index.ts';
import type { HookDefinition, Modules } from '../../modules/definition.ts';
import type { Attached } from '../attached.ts';
import type { FoundCall } from '../calls.ts';
import type { HookFlow, Leaf } from '../hook-flow.ts';

/** What the hazards of one step are read from. */
export interface StepContext {
  readonly leaf: Leaf;
  /** The statements that would move, attached ones included. */
  readonly nodes: readonly Node[];
  readonly attached: readonly Attached[];
  readonly range: TextRange;
  readonly shape: StepShape;
  readonly found: readonly FoundCall[];
  readonly calls: readonly StartupCall[];
  readonly failure: FailureHandling;
  readonly flow: HookFlow;
  /** The body of the hook. */
  readonly body: Node;
  readonly definition: HookDefinition;
  readonly modules: Modules;
}
