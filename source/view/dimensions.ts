import {brief} from '../api/brief.ts';
import type {TextColumn} from '../usage/block.ts';
import {type Dataset, findColumn} from '../usage/dataset.ts';
import {type GroupCodes, namedCodes, textCodes} from './group-codes.ts';
import {modelCodes} from './model-codes.ts';
import {printable} from './printable.ts';
import {finish, type Work} from './work.ts';

export type {GroupCodes} from './group-codes.ts';

/** Something that rows are grouped by. `name` is for the command line, `label` for the screen; `column` holds the ids. */
export type Dimension = {readonly name: string; readonly label: string; readonly column: string};

/** The id column and, where it has one, the column that names its ids. */
type Source = {readonly name: string; readonly id: string; readonly names?: string};

const DATE = 'date';

const DOCUMENTED: readonly Source[] = [
  {name: 'key', id: 'api_key_id', names: 'api_key_name'},
  {name: 'project', id: 'project_id', names: 'project_name'},
  {name: 'model', id: 'model'},
  {name: 'user', id: 'user_id', names: 'user_email'},
  {name: 'endpoint', id: 'endpoint_type'},
  {name: 'line_item', id: 'line_item'},
  {name: 'day', id: DATE},
  {name: 'hour', id: DATE},
  ...['service_tier', 'batch', 'size', 'source', 'context_level', 'vector_store_id', 'quantity_unit', 'currency'].map(
    name => ({name, id: name}),
  ),
];

const COVERED: ReadonlySet<string> = new Set(DOCUMENTED.flatMap(({id, names}) => [id, names ?? id]));

const dimensionsByDataset = new WeakMap<Dataset, readonly Dimension[]>();
const codesByDataset = new WeakMap<Dataset, Map<string, GroupCodes>>();

/** The dimensions of which the dataset has at least one value: who and what first, then the API's order of columns. */
export function dimensionsOf(dataset: Dataset): readonly Dimension[] {
  let dimensions = dimensionsByDataset.get(dataset);
  if (dimensions === undefined) {
    const sources = sourcesOf(dataset);
    dimensions = sources
      .filter(source => hasValue(dataset, source))
      .map(({name, id, names}) => ({
        name,
        label: printable(brief(name.replaceAll('_', ' '))),
        column: textOf(dataset, id) === undefined && names !== undefined ? names : id,
      }));
    dimensionsByDataset.set(dataset, dimensions);
  }
  return dimensions;
}

/** The dimension of that name, or the one that a column of that name (`api_key_id`, `project_name`) belongs to. */
export function findDimension(dataset: Dataset, name: string): Dimension | undefined {
  const dimensions = dimensionsOf(dataset);
  const byColumn = DOCUMENTED.find(({id, names}) => id === name || names === name);
  return (
    dimensions.find(dimension => dimension.name === name) ??
    dimensions.find(dimension => dimension.name === byColumn?.name)
  );
}

/**
 * To which group of the dimension every row belongs. Made once a dataset. Rows that lack it, and all rows where the
 * dataset has no such dimension, belong to code 0, `(none)`.
 */
export function groupCodes(dataset: Dataset, dimension: string): GroupCodes {
  return finish(groupingCodes(dataset, dimension));
}

/** The same, part by part where it has not been made yet. */
export function* groupingCodes(dataset: Dataset, dimension: string): Work<GroupCodes> {
  const known = codesByDataset.get(dataset) ?? new Map<string, GroupCodes>();
  codesByDataset.set(dataset, known);
  let codes = known.get(dimension);
  if (codes === undefined) {
    codes = yield* readingCodes(dataset, dimension);
    known.set(dimension, codes);
  }
  return codes;
}

function readingCodes(dataset: Dataset, dimension: string): Work<GroupCodes> {
  const {rowCount} = dataset;
  const source = sourcesOf(dataset).find(({name}) => name === dimension);
  if (source === undefined) return textCodes(undefined, rowCount);
  const ids = textOf(dataset, source.id);
  if (dimension === 'model') return modelCodes(ids, textOf(dataset, 'line_item'), rowCount);
  if (dimension === 'day') return textCodes(ids, rowCount, dayOfDate);
  if (dimension === 'hour') return textCodes(ids, rowCount, hourOfDate);
  return source.names === undefined
    ? textCodes(ids, rowCount)
    : namedCodes(ids, textOf(dataset, source.names), rowCount);
}

/** All documented ones, then every other column of text, told apart from the dimension whose name it bears. */
function sourcesOf(dataset: Dataset): Source[] {
  const taken = new Set(DOCUMENTED.map(({name}) => name));
  const others = dataset.columns.filter(({kind, name}) => kind !== 'number' && !COVERED.has(name));
  return [...DOCUMENTED, ...others.map(({name}) => ({name: taken.has(name) ? `${name}_field` : name, id: name}))];
}

function hasValue(dataset: Dataset, {name, id, names}: Source): boolean {
  if (name === 'hour') return hasCode(textOf(dataset, id), date => hourOfDate(date) !== '');
  if (hasCode(textOf(dataset, id)) || (names !== undefined && hasCode(textOf(dataset, names)))) return true;
  return name === 'model' && textOf(dataset, 'line_item') !== undefined && groupCodes(dataset, name).ids.length > 1;
}

function hasCode(column: TextColumn | undefined, isCounted: (text: string) => boolean = text => text !== ''): boolean {
  if (column === undefined) return false;
  const counts = Uint8Array.from(column.dictionary, (text, code) => (code !== 0 && isCounted(text) ? 1 : 0));
  // Where no text counts, a million rows need not be asked.
  return counts.includes(1) && column.codes.some(code => counts[code] === 1);
}

function textOf(dataset: Dataset, name: string): TextColumn | undefined {
  const column = findColumn(dataset, name);
  return column === undefined || column.kind === 'number' ? undefined : column;
}

function dayOfDate(date: string): string {
  return date.slice(0, 'YYYY-MM-DD'.length);
}

/** Minutes are cut; a date without hours (costs are daily) has none. */
function hourOfDate(date: string): string {
  return date.length > 'YYYY-MM-DD'.length ? `${date.slice(0, 'YYYY-MM-DDTHH'.length)}:00Z` : '';
}
