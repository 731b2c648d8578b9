import type { ReportCall, StartupHook } from '../../../core/index.ts';
import { keepsFromListening } from '../found-calls.ts';

/** How a startup goes, before or after the change: in slots of equal width, since nobody knows how long a call takes. */
export interface Course {
  /** One bar for each call, in the order of the calls. */
  readonly bars: readonly Bar[];
  /** The slot before which the server listens; missing where it never does. */
  readonly listensAt?: number;
}

/** `waits`: startup has to; `needless`: it does; `background`: it does not; `never`: it waits for ever; `unreached`: nothing runs. */
export type BarKind = 'waits' | 'needless' | 'undecided' | 'background' | 'never' | 'unreached';

export interface Bar {
  readonly start: number;
  readonly kind: BarKind;
  /** It goes on as long as the server does. */
  readonly isOpen: boolean;
}

/** What startup was: every awaited call, one after the other, members of a gather at one time. */
export function courseBefore(calls: readonly ReportCall[], hook: StartupHook | undefined): Course {
  return course(calls, hook, () => false);
}

/** What startup is once the calls have moved: they begin when the server listens, services beside the others. */
export function courseAfter(calls: readonly ReportCall[], hook: StartupHook | undefined): Course {
  return course(calls, hook, ({ moves }) => moves);
}

function course(
  calls: readonly ReportCall[],
  hook: StartupHook | undefined,
  isLater: (call: ReportCall) => boolean,
): Course {
  const early = calls.filter((call) => !isLater(call));
  const startup = inSlots(early, hook, 0, (call) => call.form === 'detached');
  const isBlocked = early.some(keepsFromListening);
  const later = inSlots(calls.filter(isLater), hook, startup.next, isService);
  const bars = calls.map((call): Bar => {
    const start = startup.slots.get(call) ?? later.slots.get(call) ?? 0;
    if (later.slots.has(call)) return laterBar(call, isBlocked, start, startup.next);
    return earlyBar(call, start, startup.blockedFrom);
  });
  return { bars, ...(isBlocked ? {} : { listensAt: startup.next }) };
}

function earlyBar(call: ReportCall, start: number, blockedFrom: number): Bar {
  if (start > blockedFrom) return { start, kind: 'unreached', isOpen: false };
  if (keepsFromListening(call)) return { start, kind: 'never', isOpen: true };
  const isOpen = call.form === 'detached' && isService(call);
  const awaited = { critical: 'waits', background: 'needless', undecided: 'undecided' } as const;
  return { start, kind: call.form === 'detached' ? 'background' : awaited[call.decision], isOpen };
}

function laterBar(call: ReportCall, isBlocked: boolean, start: number, listensAt: number): Bar {
  if (isBlocked) return { start, kind: 'unreached', isOpen: false };
  return { start: isService(call) ? listensAt : start, kind: 'background', isOpen: isService(call) };
}

function isService({ cost }: ReportCall): boolean {
  return cost === 'never-returns';
}

/** Calls one after the other; what runs beside the others takes no slot of its own, what is gathered shares one. */
function inSlots(
  calls: readonly ReportCall[],
  hook: StartupHook | undefined,
  first: number,
  isBeside: (call: ReportCall) => boolean,
) {
  const slots = new Map<ReportCall, number>();
  let next = first;
  let group: string | undefined;
  let blockedFrom = Number.POSITIVE_INFINITY;
  for (const call of calls) {
    const own = groupOf(call, hook);
    const sharesSlot = own !== undefined && own === group;
    slots.set(call, sharesSlot ? next - 1 : next);
    if (!isBeside(call) && !sharesSlot) next++;
    if (keepsFromListening(call)) blockedFrom = Math.min(blockedFrom, next - 1);
    group = own;
  }
  return { slots, next, blockedFrom };
}

function groupOf({ line, callee }: ReportCall, hook: StartupHook | undefined): string | undefined {
  const step = hook?.steps.find(({ calls }) => calls.some((call) => call.line === line && call.callee === callee));
  return step?.gather?.group;
}
