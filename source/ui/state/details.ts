import type {Outcome} from '../../usage/outcome.ts';
import {clamp} from '../../view/clamp.ts';
import type {Action} from '../keymap.ts';
import {copyRow, copyValue} from './copying.ts';
import {type DetailField, EMPTY, fieldsOf} from './details-fields.ts';
import {type DetailLine, detailLines} from './details-lines.ts';
import {detailsRoom} from './details-room.ts';
import type {ResultsState} from './results.ts';
import type {Sight, Step, Surroundings} from './step.ts';
import {goBack} from './trail.ts';

/** The field under the cursor and the first line in sight. */
export type DetailsState = {
  readonly cursor: number;
  readonly top: number;
  /** What is drawn; undefined before the screen was in sight, and where no row is left. */
  readonly page: DetailsPage | undefined;
};

/** A row of the dataset, as so many columns of the terminal show it. */
type DetailsPage = {
  readonly outcome: Outcome;
  readonly row: number;
  readonly width: number;
  readonly fields: readonly DetailField[];
  readonly lines: readonly DetailLine[];
};

export const startDetails: DetailsState = {cursor: 0, top: 0, page: undefined};

/** What an action does on the Details screen; undefined where it is none of its own. */
export function actOnDetails(results: ResultsState, action: Action, around: Surroundings): Step | undefined {
  const {page, cursor} = results.details;
  const {height} = detailsRoom(results, around);
  switch (action) {
    case 'up':
      return {results: stepTo(results, -1, height)};
    case 'down':
      return {results: stepTo(results, 1, height)};
    case 'pageUp':
      return {results: pageTo(results, -height)};
    case 'pageDown':
      return {results: pageTo(results, height)};
    case 'first':
      return {results: at(results, 0, 0)};
    case 'last':
      return {results: at(results, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY)};
    case 'left':
      return toRow(results, -1);
    case 'right':
      return toRow(results, 1);
    case 'copy':
      return page && copyValue(results, {kind: 'field', value: page.fields[cursor]?.raw ?? ''}, around);
    case 'copyRow':
      return page && copyRow(results, results.outcome.dataset, page.row);
    case 'back':
      return {results: leave(results)};
    default:
      return undefined;
  }
}

/** With the page of the row that the table's cursor is on, and the cursor on a field there is, and in sight. */
export function settleDetails(results: ResultsState, sight: Sight): ResultsState {
  const {details, outcome, rows, table} = results;
  const {width, height} = detailsRoom(results, sight);
  const at = Math.max(0, Math.min(table.row, rows.length - 1));
  const row = rows[at];
  const page = row === undefined ? undefined : pageOf(details.page, outcome, row, width, sight.glyphs.ellipsis);
  const fields = page?.fields ?? [];
  const cursor = clamp(page === details.page ? details.cursor : sameField(details, fields), 0, fields.length - 1);
  const {from, to} = linesOf(page, cursor);
  // In sight as a whole; a field that is higher than the screen fills it.
  const inSight = clamp(details.top, Math.min(from, to - height), Math.max(from, to - height));
  const top = clamp(inSight, 0, (page?.lines.length ?? 0) - height);
  if (page === details.page && cursor === details.cursor && top === details.top) return results;
  return {...results, details: {cursor, top, page}};
}

function pageOf(
  known: DetailsPage | undefined,
  outcome: Outcome,
  row: number,
  width: number,
  ellipsis: string,
): DetailsPage {
  if (known?.outcome === outcome && known.row === row && known.width === width) return known;
  const fields = fieldsOf(outcome, row);
  return {outcome, row, width, fields, lines: detailLines(fields, width, ellipsis)};
}

/** Another row has other fields without a value, so that the same field may stand elsewhere. */
function sameField({page, cursor}: DetailsState, fields: readonly DetailField[]): number {
  const current = page?.fields[cursor];
  // A field of the row stands among the empty ones where the row has no value for it.
  const placeOf = (field: DetailField | undefined) => (field?.section === EMPTY ? undefined : field?.section);
  const index = fields.findIndex(field => placeOf(field) === placeOf(current) && field.name === current?.name);
  return index === -1 ? cursor : index;
}

function linesOf(page: DetailsPage | undefined, field: number): {readonly from: number; readonly to: number} {
  const from = page?.lines.findIndex(line => line.field === field) ?? -1;
  if (!page || from === -1) return {from: 0, to: 0};
  return {from, to: page.lines.findLastIndex(line => line.field === field) + 1};
}

/** The next field; in a field that goes on beyond the screen, first its next line. */
function stepTo(results: ResultsState, step: 1 | -1, height: number): ResultsState {
  const {page, cursor, top} = results.details;
  const {from, to} = linesOf(page, cursor);
  const goesOn = step === 1 ? to > top + height : from < top;
  return goesOn ? at(results, cursor, top + step) : at(results, cursor + step, top);
}

function pageTo(results: ResultsState, by: number): ResultsState {
  const {page, top} = results.details;
  const target = top + by;
  if (target < 0) return at(results, 0, 0);
  return at(results, page?.lines[target]?.field ?? Number.POSITIVE_INFINITY, target);
}

/** `settleDetails` brings back what is beyond the ends. */
function at(results: ResultsState, cursor: number, top: number): ResultsState {
  const last = (results.details.page?.fields.length ?? 0) - 1;
  return {...results, details: {...results.details, cursor: clamp(cursor, 0, last), top}};
}

function toRow(results: ResultsState, step: 1 | -1): Step {
  const {rows, table} = results;
  const row = table.row + step;
  if (row < 0) return {results, message: {text: 'This is the first row.', tone: 'plain'}};
  if (row >= rows.length) return {results, message: {text: 'This is the last row.', tone: 'plain'}};
  return {results: {...results, table: {...table, row}}};
}

/** Back to the table, there on the row that was looked at last. The next time begins at the first field again. */
function leave(results: ResultsState): ResultsState {
  const {table} = results;
  return {...(goBack(results) ?? {...results, place: 'table', trail: []}), table, details: startDetails};
}
