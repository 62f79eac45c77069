import {Interner, type TextColumn} from '../usage/block.ts';
import {type GroupCodes, recode, textCodes} from './group-codes.ts';
import {stage, type Work} from './work.ts';

const MODEL = /^\S*[-\d]\S*$/;

/**
 * Groups by model. Costs name none, but their line item does: `gpt-5.4, input` is of `gpt-5.4`. A line item without a
 * comma is a model where it looks like one: a word with a digit or a hyphen (`gpt-image-1`, but neither `credit` nor
 * `web search tool calls`). Nothing but the line item itself decides, so that two periods, or fewer endpoints, never tell another model of the same cost.
 */
export function* modelCodes(
  models: TextColumn | undefined,
  lineItems: TextColumn | undefined,
  rowCount: number,
): Work<GroupCodes> {
  if (lineItems === undefined) return yield* textCodes(models, rowCount);
  const interner = new Interner();
  const codes = new Uint32Array(rowCount);
  if (models !== undefined) yield* stage(recode(models, codes, interner), 0, 3);
  yield* stage(recode(lineItems, codes, interner, modelOf), 1, 3);
  const column = {kind: 'text', name: 'model', codes, dictionary: interner.dictionary} as const;
  return yield* stage(textCodes(column, rowCount), 2, 3);
}

function modelOf(item: string): string {
  const comma = item.lastIndexOf(', ');
  if (comma !== -1) return item.slice(0, comma).trim();
  return MODEL.test(item) ? item : '';
}
