import {BUCKET_SECONDS, type BucketWidth} from '../api/endpoints.ts';
import {bucketLabel, daysIn, type Range, startOf} from '../usage/days.ts';
import type {Metric} from './metrics.ts';

/** The days or hours of a range, in order; `first` is where the first begins, in Unix seconds. */
export type Steps = {readonly unit: 'day' | 'hour'; readonly first: number; readonly count: number};

/** The steps of a range: hours where buckets are that short, but days for money, since costs are daily. */
export function stepsOf(range: Range, width: BucketWidth, metric: Metric): Steps {
  const unit = width === '1d' || metric.kind === 'money' ? 'day' : 'hour';
  return {unit, first: startOf(range.first), count: daysIn(range) * (unit === 'day' ? 1 : 24)};
}

/** Seconds in one step. */
export function stepSeconds({unit}: Steps): number {
  return BUCKET_SECONDS[unit === 'day' ? '1d' : '1h'];
}

/** `2026-10-01`, or `2026-10-01T13:00Z` for hours: what the date column says. */
export function stepLabel(steps: Steps, index: number): string {
  return bucketLabel(steps.first + index * stepSeconds(steps), steps.unit === 'day' ? '1d' : '1h');
}
