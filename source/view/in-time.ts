import type {Group, Grouping} from './group.ts';
import type {Pivot} from './pivot.ts';

const times: ReadonlySet<string> = new Set(['day', 'hour']);

/** Whether the groups of a dimension follow one another in time. */
export function isTime(dimension: string): boolean {
  return times.has(dimension);
}

/** The groups of days and hours one after another, and not the biggest first. */
export function inTime(dimension: string, grouping: Grouping): Grouping {
  return times.has(dimension) ? {...grouping, groups: [...grouping.groups].sort(byTime)} : grouping;
}

/** The same of both margins of a pivot. */
export function pivotInTime(first: string, second: string, pivot: Pivot): Pivot {
  const down = orderOf(first, pivot.down);
  const across = orderOf(second, pivot.across);
  return {
    ...pivot,
    down: down.map(([group]) => group),
    across: across.map(([group]) => group),
    cell: (row, column) => pivot.cell(down[row]?.[1] ?? 0, across[column]?.[1] ?? 0),
  };
}

/** The groups as they are to stand, with the places where they stood. */
function orderOf(dimension: string, groups: readonly Group[]): readonly (readonly [Group, number])[] {
  const placed = groups.map((group, place) => [group, place] as const);
  return times.has(dimension) ? placed.sort(([a], [b]) => byTime(a, b)) : placed;
}

function byTime(a: Group, b: Group): number {
  const [left, right] = [a.id ?? '', b.id ?? ''];
  return left < right ? -1 : left > right ? 1 : 0;
}
