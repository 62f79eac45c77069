import type {Change} from './compare.ts';
import {formatNumber} from './format.ts';

/** What is more than that was next to nothing before, and its digits say nothing. */
const MOST_TIMES = 1000;

/**
 * A change relative to what was there before: `+38 %`, `-4.2 %`, `0 %`, and from eleven times as much on, where per cent
 * tell nothing any more, `×14`, and `×1,000+` where it was next to nothing before. Empty where there was nothing before.
 */
export function changeInPercent({ratio, value, before}: Change, times: string): string {
  if (ratio === undefined) return '';
  if (ratio > 10 && before > 0) {
    const factor = Math.round(value / before);
    return `${times}${formatNumber(Math.min(factor, MOST_TIMES))}${factor > MOST_TIMES ? '+' : ''}`;
  }
  const size = Math.abs(ratio) * 100;
  // What is still there has not gone by all of it.
  const digits =
    size < 9.95 ? size.toFixed(1) : ratio > -1 && size >= 99.5 && ratio < 0 ? '99.9' : formatNumber(Math.round(size));
  return digits === '0.0' ? '0 %' : `${ratio < 0 ? '-' : '+'}${digits} %`;
}
