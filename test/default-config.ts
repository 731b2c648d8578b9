import type { Config, ScanOptions } from '../src/core/index.ts';

/** What the tool does without a configuration. */
export const defaultConfig: Config = {
  include: [],
  exclude: [],
  languages: [],
  frameworks: [],
  transforms: [],
  rules: [],
  confidenceThreshold: 0.6,
  leaveReturnsAtOnce: false,
  options: { remarks: 'hooks', touch: 'moved', concurrency: 1 },
  maxBlockingCalls: { hooks: [] },
  thresholds: [],
  readiness: { ready: '/ready', startup: '/health/startup', required: [] },
  helper: {},
};

/** What a front end is asked for where nothing was said. */
export const defaultScanOptions: ScanOptions = {
  frameworks: [],
  thresholds: [],
  seeks: [],
};
