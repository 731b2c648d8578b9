import { chosenTransforms, unselected } from '../apply.ts';
import type { Scan } from '../scan.ts';
import { openReview, type Review } from './open-review.ts';

/** A review of everything that a scan proposes in the files that it is about. */
export function reviewScan(scan: Scan): Review {
  return openReview(scan.analysis, scan.project.files, chosenTransforms(scan), new Set(unselected(scan)));
}
