import type {Change} from './compare.ts';
import {formatNumber} from './format.ts';

/**
 * A change relative to what was there before: `+38 %`, `-4.2 %`, `0 %`, and from eleven times as much on, where per cent
 * tell nothing any more, `×14`. Empty where there was nothing before.
 */
export function changeInPercent({ratio, value, before}: Change, times: string): string {
  if (ratio === undefined) return '';
  if (ratio > 10 && before > 0) return `${times}${formatNumber(Math.round(value / before))}`;
  const size = Math.abs(ratio) * 100;
  const digits = size < 9.95 ? size.toFixed(1) : formatNumber(Math.round(size));
  return digits === '0.0' ? '0 %' : `${ratio < 0 ? '-' : '+'}${digits} %`;
}
