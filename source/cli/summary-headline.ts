import type {Comparable} from '../view/comparable.ts';
import type {Change} from '../view/compare.ts';
import {type Headline, headlineOf} from '../view/headline.ts';
import type {Periods} from '../view/periods.ts';
import type {Summary} from './summarize.ts';

/**
 * The line above the table of the screen, where it speaks of the summary's metric; of another metric the same from the
 * summary's own groups. Undefined for a share, of whose change no group explains a part, and where nothing is compared.
 */
export function summaryHeadline(
  summary: Summary,
  {now, before, periods}: Comparable & {readonly periods: Periods},
): Headline | undefined {
  const {metric, dimension} = summary;
  if (metric.kind === 'share' || summary.table.rowCount === 0) return undefined;
  const headline = headlineOf(now, before, periods);
  if (headline?.metric.name === metric.name) return headline;
  const own = changesIn(summary);
  if (own === undefined) return undefined;
  const {total, changes} = own;
  const change = changes.find(({id, change}) => id !== undefined && Math.sign(change) === Math.sign(total.change));
  return {metric, periods, total, mover: change && {dimension: dimension.label, change}};
}

function changesIn(summary: Summary): {readonly changes: readonly Change[]; readonly total: Change} | undefined {
  if (summary.kind === 'changes') return summary.changes;
  if (summary.kind !== 'inner changes') return undefined;
  return {changes: summary.inner.map(({group}) => group), total: summary.total};
}
