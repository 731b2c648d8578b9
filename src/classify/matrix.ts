import type { Category } from '../core/index.ts';

/** The side of a decision. */
export type Side = 'critical' | 'background';

/** The decision matrix: the side that each category belongs to by default. */
export const sideOf: Readonly<Record<Category, Side>> = {
  database: 'critical',
  migration: 'critical',
  'core-api': 'critical',
  auth: 'critical',
  security: 'critical',
  config: 'critical',
  secrets: 'critical',
  cleanup: 'background',
  maintenance: 'background',
  cache: 'background',
  prefetch: 'background',
  monitoring: 'background',
  metrics: 'background',
  telemetry: 'background',
  'model-loading': 'background',
  'vector-store': 'background',
  'search-index': 'background',
  worker: 'background',
  scheduler: 'background',
  poller: 'background',
  other: 'critical',
};
