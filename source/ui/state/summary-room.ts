import type {ResultsState} from './results.ts';
import {tableRoom} from './room.ts';
import type {Sight} from './step.ts';

/** The summary's room: its width, its lines of groups, and whether there is one for the dimensions and for the total. */
type SummaryRoom = {
  readonly width: number;
  readonly height: number;
  readonly hasDimensions: boolean;
  readonly hasTotal: boolean;
};

/** What everything else leaves over. The dimensions go first where it gets tight: the title names the current one. */
export function summaryRoom(results: ResultsState, sight: Sight): SummaryRoom {
  const {width, height} = tableRoom(results, sight);
  const hasTotal = height >= 2;
  const hasDimensions = height >= 3;
  return {width, height: Math.max(1, height - Number(hasTotal) - Number(hasDimensions)), hasDimensions, hasTotal};
}
