import {type Dataset, findColumn} from '../../source/usage/dataset.ts';
import {type Filter, filterRows} from '../../source/view/filter.ts';
import {type Grouping, groupRows} from '../../source/view/group.ts';
import {findMetric} from '../../source/view/metrics.ts';
import {patternOf} from '../../source/view/pattern.ts';
import {allRows, type RowNumbers} from '../../source/view/rows.ts';
import {findingPlace} from '../../source/view/search.ts';
import {sortRows} from '../../source/view/sort.ts';
import {finish} from '../../source/view/work.ts';
import {above, containing, firstContaining, having, type Row, sortedBy, sums} from './naive.ts';

/** Something that is asked of the rows, of our views and in the naive way. */
export type Question = {
  readonly what: string;
  /** Milliseconds that it may take over a million rows. */
  readonly most: number;
  readonly baseline: string;
  readonly ours: (dataset: Dataset) => unknown;
  readonly theirs: (rows: readonly Row[]) => unknown;
  /** Whether both ways come to the same. */
  readonly agree: (dataset: Dataset, rows: readonly Row[]) => boolean;
};

const tokens = ['input_tokens', 'output_tokens'];
const BOUND = 100_000;
const ABSENT = 'nobody-is-called-so';
const ABSENT_DIGITS = '91827364';

/** What is measured. Texts that are to be found are taken from the dataset: those that come last for the first time. */
export function questionsFor(dataset: Dataset): readonly Question[] {
  const model = lastText(dataset, 'model');
  const key = lastText(dataset, 'api_key_name').toLowerCase();
  const project = lastText(dataset, 'project_name').toLowerCase();
  return [
    sorting('sort by a number', 'input_tokens'),
    sorting('sort by a text', 'api_key_name'),
    filtering('filter by a value', {kind: 'is', column: 'model', value: model}, rows => having(rows, 'model', model)),
    filtering('filter by a bound', {kind: 'above', column: 'input_tokens', than: BOUND, isOrEqual: false}, rows =>
      above(rows, 'input_tokens', BOUND),
    ),
    filtering('filter by a text in any column', {kind: 'text', text: project}, rows => containing(rows, project)),
    searching('search for a text far down', key, 100),
    searching('search for a text that is not there', ABSENT, 100),
    searching('search for digits that are not there', ABSENT_DIGITS, 600),
    grouping(),
  ];
}

function asking<Ours, Theirs>(
  question: Pick<Question, 'what' | 'most' | 'baseline'>,
  ours: (dataset: Dataset) => Ours,
  theirs: (rows: readonly Row[]) => Theirs,
  isSame: (ours: Ours, theirs: Theirs, rows: readonly Row[]) => boolean,
): Question {
  return {...question, ours, theirs, agree: (dataset, rows) => isSame(ours(dataset), theirs(rows), rows)};
}

function sorting(what: string, column: string): Question {
  return asking(
    {what, most: 150, baseline: 'a comparator over row objects'},
    dataset => sortRows(dataset, allRows(dataset.rowCount), [{column, isReversed: false}]),
    rows => sortedBy(rows, column),
    areSameRows,
  );
}

function filtering(what: string, filter: Filter, theirs: (rows: readonly Row[]) => Row[]): Question {
  return asking(
    {what, most: 50, baseline: 'filter() over row objects'},
    dataset => filterRows(dataset, allRows(dataset.rowCount), [filter]),
    theirs,
    areSameRows,
  );
}

function searching(what: string, text: string, most: number): Question {
  return asking(
    {what, most, baseline: 'findIndex() over row objects'},
    dataset => {
      const columns = [...dataset.columns.keys()];
      const from = {at: 0, column: 0};
      const search = {pattern: patternOf(text), columns, from, direction: 1, isFromIncluded: true} as const;
      return finish(findingPlace(dataset, allRows(dataset.rowCount), search))?.at ?? -1;
    },
    rows => firstContaining(rows, text),
    (ours, theirs) => ours === theirs,
  );
}

function grouping(): Question {
  return asking(
    {what: 'group tokens by key', most: 100, baseline: 'a Map over row objects'},
    dataset => {
      const metric = findMetric(dataset, 'tokens');
      if (metric === undefined) throw new Error('The rows have no tokens.');
      return groupRows(dataset, allRows(dataset.rowCount), {dimension: 'key', metric});
    },
    rows => sums(rows, 'api_key_id', tokens),
    ({groups}: Grouping, theirs) =>
      groups.length === theirs.size && groups.every(({id, value}) => theirs.get(id ?? '') === value),
  );
}

function areSameRows(ours: RowNumbers, theirs: readonly Row[], rows: readonly Row[]): boolean {
  return ours.length === theirs.length && theirs.every((row, index) => row === rows[ours[index] ?? -1]);
}

function lastText(dataset: Dataset, name: string): string {
  const column = findColumn(dataset, name);
  const text = column === undefined || column.kind === 'number' ? undefined : column.dictionary.at(-1);
  if (!text) throw new Error(`No row has a ${name}.`);
  return text;
}

/** The same dataset as one of which nothing is remembered: what views keep, they keep by dataset and by dictionary. */
export function unremembered(dataset: Dataset): Dataset {
  const columns = dataset.columns.map(column =>
    column.kind === 'number' ? {...column} : {...column, dictionary: [...column.dictionary]},
  );
  return {...dataset, columns};
}
