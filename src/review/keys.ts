import type { Analysis } from '../analyse.ts';
import type { Remark, Rewrite, ShutdownStep, StartupHook } from '../core/index.ts';

/**
 * Names for what a review asks about that outlast edits of a file, and a resumed review: kind, path, hook, what is called, and
 * which one of several it is (`step|src/main.py|lifespan|warm_cache|1`).
 */
export interface Keys {
  /** Missing for a step that is none of the review's. */
  ofStep(stepId: string): string | undefined;
  ofRemark(remark: Remark): string | undefined;
  readonly all: readonly string[];
  /** The key of a rewrite that is asked about by itself: a guard, a remark, the comments of a hook. */
  ofRewrite(rewrite: Rewrite): string | undefined;
}

export interface KeyOptions {
  /** Keys of what stood there before and is gone: their numbers are not given again. */
  readonly gone?: ReadonlySet<string>;
  /** Ids of steps that did not stand there before. */
  readonly added?: ReadonlySet<string>;
}

export function keysOf(analysis: Analysis, { gone = new Set(), added = new Set() }: KeyOptions = {}): Keys {
  const numbered = numbering(gone);
  const steps = new Map<string, string>();
  const stops = new Map<string, string>();
  const remarks = new Map<Remark, string>();
  const hooks = [...analysis.hooks.values()].map(({ hook }) => commentsKey(hook));
  for (const { file, hooks: own, remarks: found } of analysis.languages.flatMap(({ facts }) => facts.files)) {
    for (const hook of own) {
      const scope = `${hook.path}|${hook.name}`;
      for (const { id, calls, line } of hook.steps)
        if (!added.has(id)) steps.set(id, numbered(`step|${scope}|${calls[0]?.callee ?? `line ${line}`}`));
      for (const { id, callee } of hook.shutdown) stops.set(`${hook.id} ${id}`, numbered(`guard|${scope}|${callee}`));
    }
    for (const remark of found) remarks.set(remark, numbered(`remark|${file.path}|${remark.text.slice(0, 100)}`));
  }
  return {
    ofStep: (stepId) => steps.get(stepId),
    ofRemark: (remark) => remarks.get(remark),
    all: [...steps.values(), ...stops.values(), ...remarks.values(), ...hooks],
    ofRewrite: (rewrite) => {
      const hook = analysis.hooks.get(rewrite.hookId ?? '')?.hook;
      const [remark] = rewrite.removes ?? [];
      if (remark) return remarks.get(remark);
      if (FOLLOWING.includes(rewrite.transform)) return undefined;
      if (!hook) return otherKey(rewrite, rewrite.edits[0]?.path ?? '');
      if (rewrite.transform === 'explain-decisions') return commentsKey(hook);
      const stop = rewrite.transform === 'guard-shutdown-steps' ? guardedStops(rewrite, hook)[0] : undefined;
      return (stop && stops.get(`${hook.id} ${stop.id}`)) ?? otherKey(rewrite, `${hook.path}|${hook.name}`);
    },
  };
}

/** Transforms whose rewrites come with the steps that move, and are no questions by themselves. */
const FOLLOWING: readonly string[] = ['run-in-background', 'keep-log-lines-true'];

/** Of a transform that the review knows nothing about, every rewrite is a question of its own. */
function otherKey({ transform, title }: Rewrite, scope: string): string {
  return `other|${scope}|${transform}|${title}`;
}

function commentsKey({ path, name }: StartupHook): string {
  return `comments|${path}|${name}`;
}

/** The shutdown steps that a rewrite puts its edits around. */
export function guardedStops(rewrite: Rewrite, hook: StartupHook): readonly ShutdownStep[] {
  const edits = rewrite.edits.filter((edit) => edit.path === hook.path);
  return hook.shutdown.filter(({ range, indent }) =>
    edits.some((edit) => edit.range.start >= range.start - indent.length && edit.range.start <= range.end),
  );
}

/** Adds to a key which one of several it is. */
function numbering(gone: ReadonlySet<string>): (base: string) => string {
  const last = new Map<string, number>();
  return (base) => {
    let number = (last.get(base) ?? 0) + 1;
    while (gone.has(`${base}|${number}`)) number++;
    last.set(base, number);
    return `${base}|${number}`;
  };
}
