/** How grave a finding is, in SARIF's words. */
export type Level = 'error' | 'warning' | 'note';

/** A kind of finding. */
export interface Rule {
  readonly id: string;
  readonly title: string;
  readonly level: Level;
  /** What it means, and what to do: shown beside every finding of this kind. */
  readonly help: string;
}

const rules = {
  neverReturns: {
    id: 'startup-never-returns',
    title: 'Startup awaits a call that never returns',
    level: 'error',
    help: 'A server listens once its startup hook has returned. This call loops for ever, so while it is awaited the server never listens. Run it as a tracked background task. What stands after it runs for the first time then: look at that, too.',
  },
  background: {
    id: 'startup-background',
    title: 'Startup awaits a call that can run in the background',
    level: 'warning',
    help: 'Whoever uses the server waits for everything that its startup hook awaits. Nothing that a request needs was found to depend on this call. Run it as a tracked background task, or say why startup must wait for it: a comment "startup-codemod: critical" above it.',
  },
  untracked: {
    id: 'startup-untracked-task',
    title: 'Startup starts a task that nobody keeps',
    level: 'warning',
    help: 'The event loop holds tasks only weakly, a failure of one that nobody awaits is not seen before the process ends, and an unhandled rejection ends a Node process. Start it as a tracked background task.',
  },
  undecided: {
    id: 'startup-undecided',
    title: 'It could not be decided whether startup must wait for a call',
    level: 'note',
    help: 'The evidence is too weak, or speaks for both sides. The call stays awaited. Decide it with a comment above it, "startup-codemod: critical" or "startup-codemod: background", or with a rule of the configuration.',
  },
  unguarded: {
    id: 'shutdown-unguarded',
    title: 'A failing shutdown step keeps the later ones from running',
    level: 'note',
    help: 'Where this step fails, what the hook releases after it stays open: connections, locks, files. Guard the steps one by one, so that a failure is logged and the others run.',
  },
  remark: {
    id: 'temporary-remark',
    title: 'A comment says that something in a server hook is temporary',
    level: 'note',
    help: 'Do what the comment says, or remove it: version control keeps what was disabled.',
  },
} as const satisfies Readonly<Record<string, Rule>>;

export type RuleName = keyof typeof rules;

export const findingRules: Readonly<Record<RuleName, Rule>> = rules;
