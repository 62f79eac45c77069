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
export function summaryDataset(
  dimension: Dimension,
  metric: Metric,
  {groups, total}: Grouping,
  unaccounted?: Grouping,
): SummaryTable {
  const shareOf = ({value}: Group) => (total.value === 0 ? Number.NaN : value / total.value);
  return tableOf(dimension, groups, total, [
    {name: 'rows', number: group => group.rows},
    {name: metric.name, number: group => group.value},
    ...currencyField(metric),
    // The share of a share tells nothing: they do not add up.
    ...(metric.kind === 'share' ? [] : [{name: 'share', number: shareOf}]),
    ...partFields(metric, total, unaccounted, ['rows', 'value']),
  ]);
}

/** A line a group, with a column for each group across under its label, and their `total`. */
export function pivotDataset(dimension: Dimension, metric: Metric, pivot: Pivot, unaccounted?: Grouping): SummaryTable {
  const lines = new Map(pivot.down.map((group, down) => [group, down]));
  const taken = new Set([dimension.name, idName(dimension), 'total', 'currency', 'unaccounted']);
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
    ...partFields(metric, pivot.total, unaccounted, ['value']),
  ]);
}

/** A line a group: the metric now, `before`, `change`, `change_ratio` and `state` (`both`, `new`, `gone`). */
export function changesDataset(
  dimension: Dimension,
  metric: Metric,
  {changes, total}: Changes,
  unaccounted?: Changes,
): SummaryTable {
  const partOf = linesById(unaccounted && {lines: unaccounted.changes, total: unaccounted.total}, total);
  const part = (name: string, side: 'value' | 'before'): Field<Change> => {
    return {name, number: change => partOf?.(change)?.[side] ?? nothingOf(metric)};
  };
  return tableOf<Change>(dimension, changes, total, [
    {name: metric.name, number: change => change.value},
    ...currencyField(metric),
    {name: 'before', number: change => change.before},
    {name: 'change', number: ({change}) => change},
    {name: 'change_ratio', number: ({ratio}) => ratio ?? Number.NaN},
    {name: 'state', text: ({state}) => state},
    ...(partOf ? [part('unaccounted', 'value'), part('unaccounted_before', 'before')] : []),
  ]);
}

/**
 * How much of a line, and how many of its rows, has no name to go with it. Columns and not a line: this is a part of
 * the others, and whoever adds up the lines shall come to the total.
 */
function partFields(
  metric: Metric,
  total: Group,
  unaccounted: Grouping | undefined,
  which: readonly ('rows' | 'value')[],
): readonly Field<Group>[] {
  const partOf = linesById(unaccounted && {lines: unaccounted.groups, total: unaccounted.total}, total);
  if (!partOf) return [];
  const fields: Record<'rows' | 'value', Field<Group>> = {
    rows: {name: 'unaccounted_rows', number: group => partOf(group)?.rows ?? 0},
    value: {name: 'unaccounted', number: group => partOf(group)?.value ?? nothingOf(metric)},
  };
  return which.map(name => fields[name]);
}

/** What nothing comes to: no money, but no share at all. */
function nothingOf({kind}: Metric): number {
  return kind === 'share' ? Number.NaN : 0;
}

/** Finds what belongs to a line, or to the total, by its id. */
function linesById<Line extends Named>(
  among: {readonly lines: readonly Line[]; readonly total: Line} | undefined,
  total: Line,
): ((line: Line) => Line | undefined) | undefined {
  if (!among) return undefined;
  const byId = new Map(among.lines.map(line => [line.id, line]));
  return line => (line === total ? among.total : byId.get(line.id));
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
