import type {Dimension} from './catalogue.ts';
import type {Dimensions} from './streams.ts';

/** Which streams may count: for each dimension named, the values it may have, spelled as in a query. */
export type Filters = ReadonlyMap<Dimension, ReadonlySet<string>>;

/** Whether a stream passes every filter. A null value passes none. */
export function passes(dimensions: Dimensions, filters: Filters): boolean {
  for (const [dimension, allowed] of filters) {
    const value = dimensions[dimension];
    if (value === undefined || value === null || !allowed.has(String(value))) return false;
  }
  return true;
}

export type Groups = {
  /** For each member, the number of its group. */
  readonly of: Int32Array;
  /** For each group, the values it was grouped by; dimensions nobody asked for are null, as the API has it. */
  readonly values: readonly Dimensions[];
};

/** Groups once, before any figure is made: which group a stream falls into never changes. */
export function groupsOf(
  members: readonly {readonly dimensions: Dimensions}[],
  dimensions: readonly Dimension[],
  groupBy: readonly Dimension[],
): Groups {
  const of = new Int32Array(members.length);
  const values: Dimensions[] = [];
  const numbers = new Map<string, number>();
  for (const [member, {dimensions: own}] of members.entries()) {
    const group = Object.fromEntries(
      dimensions.map(each => [each, groupBy.includes(each) ? (own[each] ?? null) : null]),
    );
    const key = JSON.stringify(group);
    const number = numbers.get(key) ?? values.length;
    if (number === values.length) {
      numbers.set(key, number);
      values.push(group);
    }
    of[member] = number;
  }
  return {of, values};
}
