import {Interner, type TextColumn} from '../usage/block.ts';
import {type GroupCodes, recode, textCodes} from './group-codes.ts';

/**
 * Groups by model. Costs name none, but their line item does: `gpt-5.4, input` is of `gpt-5.4`, and a line item without
 * a comma is a model where other rows of the dataset name it; else there is none.
 */
export function modelCodes(
  models: TextColumn | undefined,
  lineItems: TextColumn | undefined,
  rowCount: number,
): GroupCodes {
  if (lineItems === undefined) return textCodes(models, rowCount);
  const interner = new Interner();
  const codes = new Uint32Array(rowCount);
  if (models !== undefined) recode(models, codes, interner);
  const named = new Set(interner.dictionary);
  recode(lineItems, codes, interner, item => {
    const comma = item.lastIndexOf(', ');
    if (comma !== -1) return item.slice(0, comma);
    return named.has(item) ? item : '';
  });
  return textCodes({kind: 'text', name: 'model', codes, dictionary: interner.dictionary}, rowCount);
}
