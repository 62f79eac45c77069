import type {ResultsState} from './results.ts';
import {tableRoom} from './room.ts';
import type {Sight} from './step.ts';

/** The summary's room: its width, its lines of groups, and whether there is one for the dimensions and for the total. */
export type SummaryRoom = {
  readonly width: number;
  readonly height: number;
  readonly hasDimensions: boolean;
  readonly hasTotal: boolean;
  /** Whether there is one for what of the total has no name. */
  readonly hasUnaccounted: boolean;
};

/** What everything else leaves over. The dimensions go first where it gets tight: the title names the current one. */
export function summaryRoom(results: ResultsState, sight: Sight): SummaryRoom {
  const {width, height} = tableRoom(results, sight);
  const hasTotal = height >= 2;
  const hasDimensions = height >= 3;
  // On the smallest screens the groups need the room more.
  const hasUnaccounted = height >= 7 && results.summary.figures?.unaccounted !== undefined;
  const around = Number(hasTotal) + Number(hasDimensions) + Number(hasUnaccounted);
  return {width, height: Math.max(1, height - around), hasDimensions, hasTotal, hasUnaccounted};
}
