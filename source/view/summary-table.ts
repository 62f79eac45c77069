import {type Column, Interner} from '../usage/block.ts';
import type {Dataset} from '../usage/dataset.ts';
import type {Change, Changes} from './compare.ts';
import type {Dimension} from './dimensions.ts';
import type {Group, Grouping} from './group.ts';
import type {Metric} from './metrics.ts';
import type {Pivot} from './pivot.ts';

/**
 * A summary as a table, so that the screen, the file and the headless command have the same numbers, unformatted and
 * with NaN for what is not there. `totals` has the same columns and a single row, which is not among the table's: a
 * spreadsheet would add it up with the others.
 */
export type SummaryTable = Dataset & {readonly totals: Dataset};

type Named = {readonly id: string | undefined; readonly label: string};

/** What a column holds of each line. */
type Field<Line> = {readonly name: string} & (
  | {readonly number: (line: Line) => number}
  | {readonly text: (line: Line) => string | undefined}
);

/** A line a group, as they come: the group, `rows`, the metric, and its `share` of the total from 0 to 1. */
export function summaryDataset(dimension: Dimension, metric: Metric, {groups, total}: Grouping): SummaryTable {
  const shareOf = ({value}: Group) => (total.value === 0 ? Number.NaN : value / total.value);
  return tableOf(dimension, groups, total, [
    {name: 'rows', number: group => group.rows},
    {name: metric.name, number: group => group.value},
    ...currencyField(metric),
    // The share of a share tells nothing: they do not add up.
    ...(metric.kind === 'share' ? [] : [{name: 'share', number: shareOf}]),
  ]);
}

/** A line a group, with a column for each group across under its label, and their `total`. */
export function pivotDataset(dimension: Dimension, metric: Metric, pivot: Pivot): SummaryTable {
  const lines = new Map(pivot.down.map((group, down) => [group, down]));
  const taken = new Set([dimension.name, idName(dimension), 'total', 'currency']);
  const across = pivot.across.map((column, index) => ({
    name: distinct(column.label, taken),
    number: (group: Group) => {
      const down = lines.get(group);
      return down === undefined ? column.value : pivot.cell(down, index);
    },
  }));
  return tableOf(dimension, pivot.down, pivot.total, [
    ...across,
    {name: 'total', number: group => group.value},
    ...currencyField(metric),
  ]);
}

/** A line a group: the metric now, `before`, `change`, `change_ratio` and `state` (`both`, `new`, `gone`). */
export function changesDataset(dimension: Dimension, metric: Metric, {changes, total}: Changes): SummaryTable {
  return tableOf<Change>(dimension, changes, total, [
    {name: metric.name, number: change => change.value},
    ...currencyField(metric),
    {name: 'before', number: change => change.before},
    {name: 'change', number: ({change}) => change},
    {name: 'change_ratio', number: ({ratio}) => ratio ?? Number.NaN},
    {name: 'state', text: ({state}) => state},
  ]);
}

function currencyField({kind, currency}: Metric): readonly Field<unknown>[] {
  return kind === 'money' ? [{name: 'currency', text: () => currency}] : [];
}

function tableOf<Line extends Named>(
  dimension: Dimension,
  lines: readonly Line[],
  total: Line,
  figures: readonly Field<Line>[],
): SummaryTable {
  const hasNames = lines.some(({id, label}) => id !== undefined && id !== label);
  const ids: Field<Line>[] = hasNames ? [{name: idName(dimension), text: line => idOf(line, total)}] : [];
  const label: Field<Line> = {name: dimension.name, text: line => (line === total ? 'total' : line.label)};
  const taken = new Set<string>();
  // A dimension of the API's own making may have the name of a figure.
  const fields = [label, ...ids, ...figures].map(field => ({...field, name: distinct(field.name, taken)}));
  const tableWith = (its: readonly Line[]) => ({
    rowCount: its.length,
    columns: fields.map(field => columnOf(field, its)),
  });
  return {...tableWith(lines), totals: tableWith([total])};
}

function idOf<Line extends Named>(line: Line, total: Line): string | undefined {
  return line === total ? undefined : line.id;
}

function idName({name}: Dimension): string {
  return `${name}_id`;
}

function columnOf<Line>(field: Field<Line>, lines: readonly Line[]): Column {
  const {name} = field;
  if ('number' in field) return {kind: 'number', name, values: Float64Array.from(lines, field.number)};
  const interner = new Interner();
  const codes = Uint32Array.from(lines, line => {
    const text = field.text(line);
    return text === undefined ? 0 : interner.codeOf(text);
  });
  return {kind: 'text', name, codes, dictionary: interner.dictionary};
}

/** The name, or `name (2)` where it is taken; it is taken from then on. */
function distinct(name: string, taken: Set<string>): string {
  let candidate = name;
  for (let number = 2; taken.has(candidate); number++) candidate = `${name} (${number})`;
  taken.add(candidate);
  return candidate;
}
