import type { StartupStep } from '../../../core/index.ts';
import type { HookDefinition, Modules } from '../modules/definition.ts';
import type { HookFlow } from '../steps/hook-flow.ts';

/** What a recogniser of a trap looks at: one hook. */
export interface HookSite {
  readonly definition: HookDefinition;
  readonly steps: readonly StartupStep[];
  readonly flow: HookFlow;
  readonly modules: Modules;
}
