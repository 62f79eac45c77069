import {findEndpoint} from '../api/endpoints.ts';
import {type Dataset, findColumn} from '../usage/dataset.ts';
import {readingContributions} from './contributions.ts';
import {type Dimension, dimensionsOf, type GroupCodes, groupingCodes} from './dimensions.ts';
import {formatNumber} from './format.ts';
import {type Grouping, type GroupQuestion, groupingRows} from './group.ts';
import {keeping} from './rows.ts';
import {finish, stage, type Work} from './work.ts';

/** How many of the rows lack an id of that dimension, since the API gave none, and how many a name for theirs. */
export type Lack = {readonly dimension: string; readonly withoutId: number; readonly withoutName: number};

/**
 * What cannot be put down to anybody: the rows that hold the metric and have no name for their key, project or user,
 * by the same groups as all rows. They are a part of these, and never to be added to them. `lacks` says what is missing;
 * a row may lack several.
 */
export type Unaccounted = Grouping & {readonly lacks: readonly Lack[]};

/** The dimensions whose ids have names. */
const NAMED: readonly string[] = ['key', 'project', 'user'];

/** The same, at once. */
export function unaccountedIn(dataset: Dataset, rows: Uint32Array, question: GroupQuestion): Unaccounted | undefined {
  return finish(findingUnaccounted(dataset, rows, question));
}

/**
 * By key, project or user a row has to have that name; by anything else each of the three that the dataset has and the
 * row's endpoint can tell (costs know no users). Undefined where there is nothing to be named. Part by part.
 */
export function* findingUnaccounted(
  dataset: Dataset,
  rows: Uint32Array,
  {dimension, metric}: GroupQuestion,
): Work<Unaccounted | undefined> {
  const wanted = dimensionsOf(dataset).filter(({name}) =>
    NAMED.includes(dimension) ? name === dimension : NAMED.includes(name),
  );
  if (wanted.length === 0) return undefined;
  const names: Name[] = [];
  for (const each of wanted) {
    names.push({
      ...(yield* stage(groupingCodes(dataset, each.name), 0, 3)),
      dimension: each.label,
      isToldBy: each.name === dimension ? undefined : tellers(dataset, each),
      withoutId: 0,
      withoutName: 0,
    });
  }
  const {values} = yield* readingContributions(dataset, metric);
  const endpoints = findColumn(dataset, 'endpoint_type');
  const endpointCodes = endpoints?.kind === 'text' ? endpoints.codes : undefined;
  const finding = keeping(rows, (kept, end, from, to) => {
    let count = end;
    for (let at = from; at < to; at++) {
      const row = rows[at] ?? 0;
      if (Number.isNaN(values[row] ?? Number.NaN)) continue;
      let isLacking = false;
      for (const name of names) {
        const code = name.codes[row] ?? 0;
        if (code === 0) {
          if (name.isToldBy?.[endpointCodes?.[row] ?? 0] === 0) continue;
          name.withoutId++;
        } else if (name.isNameless[code] === 1) name.withoutName++;
        else continue;
        isLacking = true;
      }
      if (isLacking) kept[count++] = row;
    }
    return count;
  });
  const lacking = yield* stage(finding, 1, 3);
  const {groups, total} = yield* stage(groupingRows(dataset, lacking, {dimension, metric}), 2, 3);
  // That nothing is lacking is an answer, and its figure is 0; the share of nothing stays none.
  const value = total.rows === 0 && metric.kind !== 'share' ? 0 : total.value;
  const lacks = names.map(({dimension, withoutId, withoutName}) => ({dimension, withoutId, withoutName}));
  return {groups, total: {...total, label: 'unaccounted', value}, lacks};
}

/** What is wanted of each row, and how many lack it. */
type Name = GroupCodes & {
  readonly dimension: string;
  /** By code of the endpoint 0 for one that has no such ids; undefined where that is no excuse. */
  readonly isToldBy: Uint8Array | undefined;
  withoutId: number;
  withoutName: number;
};

function tellers(dataset: Dataset, {column}: Dimension): Uint8Array {
  const endpoints = findColumn(dataset, 'endpoint_type');
  const dictionary = endpoints?.kind === 'text' ? endpoints.dictionary : [''];
  return Uint8Array.from(dictionary, name => (findEndpoint(name)?.dimensions.includes(column) === false ? 0 : 1));
}

/** `137 no key, 12 unnamed key`, an entry for each dimension of which something is lacking. */
export function lackWords({lacks}: Unaccounted): readonly string[] {
  return lacks
    .filter(({withoutId, withoutName}) => withoutId + withoutName > 0)
    .map(({dimension, withoutId, withoutName}) =>
      [
        ...(withoutId > 0 ? [`${formatNumber(withoutId)} no ${dimension}`] : []),
        ...(withoutName > 0 ? [`${formatNumber(withoutName)} unnamed ${dimension}`] : []),
      ].join(', '),
    );
}

/** Whether what is lacking adds up to more than the rows: some lack several. */
export function isOverlapping({lacks, total}: Unaccounted): boolean {
  return lacks.reduce((sum, {withoutId, withoutName}) => sum + withoutId + withoutName, 0) > total.rows;
}
