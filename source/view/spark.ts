import {meanBetween} from './bins.ts';

const UNICODE_LEVELS = '▁▂▃▄▅▆▇█';
const ASCII_LEVELS = '.:-=+*#';
const EIGHTHS = '▏▎▍▌▋▊▉█';

/**
 * The values as bars from 0 to the highest of them, in exactly `width` columns: of more values than that each bar is
 * the mean of a few, of fewer each is one bar, not stretched. Nothing, 0 and negative values are blank.
 */
export function sparkline(values: Float64Array, width: number, isAscii: boolean, isShare = false): string {
  const cells = Math.min(width, values.length);
  if (cells <= 0) return ' '.repeat(Math.max(0, width));
  const means = Array.from({length: cells}, (_, cell) => {
    const from = Math.floor((cell * values.length) / cells);
    const to = Math.floor(((cell + 1) * values.length) / cells);
    return meanBetween(values, from, to, isShare);
  });
  const highest = Math.max(...means.filter(mean => mean > 0));
  const levels = isAscii ? ASCII_LEVELS : UNICODE_LEVELS;
  const bars = means.map(mean => {
    if (!(mean > 0)) return ' ';
    const level = Math.max(1, Math.round((mean / highest) * levels.length));
    return levels[level - 1] ?? ' ';
  });
  return bars.join('').padEnd(width);
}

/** A share (0 to 1) as a bar in exactly `width` columns; more than nothing shows as something. */
export function shareBar(share: number, width: number, isAscii: boolean): string {
  if (!(width > 0)) return '';
  if (!(share > 0)) return ' '.repeat(width);
  const part = Math.min(1, share);
  if (isAscii) return '#'.repeat(Math.max(1, Math.round(part * width))).padEnd(width);
  const eighths = Math.max(1, Math.round(part * width * EIGHTHS.length));
  const rest = eighths % EIGHTHS.length;
  return ('█'.repeat(Math.floor(eighths / EIGHTHS.length)) + (EIGHTHS[rest - 1] ?? '')).padEnd(width);
}
