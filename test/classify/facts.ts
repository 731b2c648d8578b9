import type {
  AppStartup,
  CalleeBody,
  Config,
  Hazard,
  HazardKind,
  KnownCall,
  StartupCall,
  StartupHook,
  StartupStep,
} from '../../src/core/index.ts';
import { defaultConfig } from '../default-config.ts';

const nowhere = { start: 0, end: 0 };

/** A configuration with nothing in it. */
export function aConfig(config: Partial<Config> = {}): Config {
  return { ...defaultConfig, ...config };
}

/** A body that does some finite work. */
export function aBody(body: Partial<CalleeBody> = {}): CalleeBody {
  return {
    at: { path: 'src/services/tidy.py', line: 12 },
    name: 'run',
    isAsync: true,
    calls: [],
    remarks: [],
    queries: [],
    isTrivial: false,
    survivesFailure: false,
    exitsOnFailure: false,
    effects: [],
    resetsSharedState: false,
    deletesByAge: false,
    ...body,
  };
}

/** An awaited call whose body was found. */
export function aCall(callee: string, call: Partial<StartupCall> = {}): StartupCall {
  return {
    line: 10,
    range: nowhere,
    callee,
    calleeRange: nowhere,
    argumentsRange: nowhere,
    form: 'await',
    cost: 'finite',
    body: aBody({ name: callee }),
    ...call,
  };
}

/** The same without a body: it was not found. */
export function anUnseenCall(callee: string, call: Partial<StartupCall> = {}): StartupCall {
  const { body: _body, ...rest } = aCall(callee, { cost: 'unknown', ...call });
  return rest;
}

/** A step of one call; its line makes its id. */
export function aStep(call: StartupCall | string, step: Partial<StartupStep> = {}): StartupStep {
  const made = typeof call === 'string' ? aCall(call) : call;
  const line = step.line ?? made.line;
  return {
    id: `step:${line}`,
    line,
    range: nowhere,
    indent: '    ',
    shape: made.form === 'detached' ? 'detached' : 'plain-call',
    calls: [made],
    attached: [],
    verbatim: [],
    binds: [],
    reads: [made.callee],
    declarations: [],
    conditional: false,
    failure: 'propagates',
    logs: [],
    hazards: [],
    ...step,
  };
}

/** A statement without a startup call. */
export function anInertStep(line: number, step: Partial<StartupStep> = {}): StartupStep {
  return aStep('nothing', { line, shape: 'inert', calls: [], reads: [], ...step });
}

export function aHazard(kind: HazardKind, hazard: Partial<Hazard> = {}): Hazard {
  return { kind, what: `there is a ${kind}`, severity: 'unsafe', ...hazard };
}

export function aHook(steps: readonly StartupStep[], hook: Partial<StartupHook> = {}): StartupHook {
  const path = hook.path ?? 'src/api/main.py';
  return {
    id: `${path}:3:lifespan`,
    path,
    name: 'lifespan',
    framework: 'fastapi',
    form: 'lifespan',
    line: 3,
    range: nowhere,
    steps,
    shutdown: [],
    body: {
      start: 0,
      indent: '    ',
      end: 0,
      kind: 'context-manager',
      isAsync: true,
      yields: [],
      returns: [],
      keptAt: 'app',
      takenNames: [],
    },
    notes: [],
    ...hook,
  };
}

export function anApp(hooks: readonly StartupHook[], app: Partial<AppStartup> = {}): AppStartup {
  const ids = hooks.map(({ id }) => id);
  return { id: 'src/api/main.py:app', startupOrder: ids, shutdownOrder: ids, orderKnown: true, ...app };
}

export const someKnownCalls: readonly KnownCall[] = [
  { call: 'alembic.command.upgrade', category: 'migration', because: 'migrates the database' },
  { call: 'prometheus_client.push_to_gateway', category: 'metrics', because: 'sends metrics' },
  { call: 'sentry_sdk.init', category: 'telemetry', because: 'must come first', favours: 'critical' },
];
