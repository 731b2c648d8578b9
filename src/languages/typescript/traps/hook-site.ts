import type { StartupHook } from '../../../core/index.ts';
import type { NodeProject } from '../hooks/framework.ts';
import type { HookDefinition } from '../modules/definition.ts';

/** What a recogniser of a trap of a whole app looks at: one hook, and the project around it. */
export interface HookSite {
  readonly definition: HookDefinition;
  readonly hook: StartupHook;
  readonly project: NodeProject;
}
