import type { AppStartup, Hazard } from '../../core/index.ts';

/** Only the last startup hook of an app may release its tasks: the order must be known. */
export function appHazards(app: AppStartup | undefined): readonly Hazard[] {
  if (app === undefined || app.orderKnown || app.startupOrder.length < 2) return [];
  const what = app.why ?? 'the order in which the startup hooks of the app run is not known';
  return [{ kind: 'hook-order-unknown', what, severity: 'unsafe' }];
}
