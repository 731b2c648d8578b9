import type { Report, ReportCall, ReportFile, ReportHook } from '../../core/index.ts';

/** A call with the hook and the file that it stands in. */
export interface FoundCall {
  readonly file: ReportFile;
  readonly hook: ReportHook;
  readonly call: ReportCall;
}

/** Every decided call in the order of the report; wrappers (`wait_for` around `warm`) are told of with the call inside. */
export function foundCalls(report: Report): readonly FoundCall[] {
  return report.files.flatMap((file) =>
    (file.hooks ?? []).flatMap((hook) =>
      hook.calls.filter((call) => call.wraps === undefined).map((call) => ({ file, hook, call })),
    ),
  );
}

/** The gravest finding: the server never listens while this is awaited. */
export function keepsFromListening({ cost, form }: ReportCall): boolean {
  return cost === 'never-returns' && form !== 'detached';
}

/** The strongest pieces of evidence for the decision that was taken, strongest first. */
export function leadingEvidence(call: ReportCall, length: number): ReportCall['evidence'] {
  const sign = call.decision === 'background' ? 1 : -1;
  return [...call.evidence].sort((a, b) => sign * (b.weight - a.weight)).slice(0, length);
}

/** Hazards of a background move, where they matter: it is not safe. */
export function hazardsOf(call: ReportCall): readonly string[] {
  return call.decision === 'background' && call.applicability !== 'safe' ? call.hazards : [];
}

/** Who decided, as a person reads it. */
export const decidedBy: Readonly<Record<ReportCall['decidedBy'], string>> = {
  review: 'a person in a review',
  directive: 'a directive in the code',
  config: 'a rule of the configuration',
  heuristics: 'evidence',
};
