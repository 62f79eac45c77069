import type {ChangesFigures, OpenDay} from './changes-figures.ts';
import type {ChangesTable} from './changes-table.ts';
import type {Fetching} from './fetching.ts';

/** Groups, the days of one, the hours of one of those. A cursor that is undefined stands where the table begins. */
export type ChangesState = {
  /** The hours of a day being fetched. */
  readonly fetching: Fetching | undefined;
  /** Names; undefined is what the headline speaks of. */
  readonly dimension: string | undefined;
  readonly metric: string | undefined;
  readonly cursor: number | undefined;
  readonly group: OpenGroup | undefined;
  /** Of a group that was open until the figures lacked it: how it is called. */
  readonly vanished: string | undefined;
  readonly figures: ChangesFigures | undefined;
};

export type OpenGroup = {
  readonly id: string | undefined;
  readonly label: string;
  readonly cursor: number | undefined;
  readonly day: (OpenDay & {readonly cursor: number | undefined}) | undefined;
};

export const startChanges: ChangesState = {
  fetching: undefined,
  dimension: undefined,
  metric: undefined,
  cursor: undefined,
  group: undefined,
  vanished: undefined,
  figures: undefined,
};

/** The lines in sight; undefined where there are none (yet). */
export function levelTable({figures, group}: ChangesState): ChangesTable | undefined {
  if (group?.day) return figures?.hours?.table;
  return group ? figures?.days?.table : figures?.groups.table;
}

/** The line under the cursor of the level in sight, counting from 0; undefined where the table begins. */
export function wantedCursor({cursor, group}: ChangesState): number | undefined {
  return group?.day ? group.day.cursor : group ? group.cursor : cursor;
}

/** The line under the cursor, counting from 0. */
export function levelCursor(changes: ChangesState): number {
  return wantedCursor(changes) ?? 0;
}

/** Whether that line is the one of the days that only the period before has. */
export function isOnDaysLeft({figures, group}: ChangesState, cursor: number): boolean {
  const isDays = group !== undefined && group.day === undefined;
  return isDays && figures?.days?.left !== undefined && cursor >= figures.days.days.length;
}

/** With the cursor on that line, whichever level is in sight. */
export function withLevelCursor(changes: ChangesState, cursor: number): ChangesState {
  const {group} = changes;
  if (!group) return {...changes, cursor};
  if (!group.day) return {...changes, group: {...group, cursor}};
  return {...changes, group: {...group, day: {...group.day, cursor}}};
}

/** Without the hours of a day, and no longer fetching them. */
export function withoutHours(changes: ChangesState): ChangesState {
  const {group} = changes;
  return {...changes, fetching: undefined, group: group && {...group, day: undefined}};
}
