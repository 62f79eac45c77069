import {Interner, type TextColumn} from '../usage/block.ts';
import {bareIdsOf} from '../usage/dataset.ts';
import {inParts, stage, type Work} from './work.ts';

/**
 * Rows by group: `codes` has a number for every row of the dataset, 0 for none; `ids` and `labels` go by that number.
 * Ids are distinct; labels are raw text, told apart where two ids have the same name.
 */
export type GroupCodes = {
  readonly codes: Uint32Array;
  readonly ids: readonly string[];
  readonly labels: readonly string[];
  /** By number 1 for an id that wants a name and that nobody could name. */
  readonly isNameless: Uint8Array;
};

/** What rows without a value of the dimension are called. */
export const NONE = '(none)';

const LONG_NAME = 24;

/** A column's own values as groups, each text changed by `idOf`; a text that becomes empty is none. */
export function* textCodes(
  column: TextColumn | undefined,
  rowCount: number,
  idOf?: (text: string) => string,
): Work<GroupCodes> {
  const interner = new Interner();
  const codes = new Uint32Array(rowCount);
  if (column !== undefined) yield* recode(column, codes, interner, idOf);
  return withLabels(codes, interner.dictionary, interner.dictionary, new Uint8Array(interner.dictionary.length));
}

/** Groups by id, labelled by name. A row with a name but no id is grouped by the name. */
export function* namedCodes(
  ids: TextColumn | undefined,
  names: TextColumn | undefined,
  rowCount: number,
): Work<GroupCodes> {
  if (ids === undefined || names === undefined) return yield* textCodes(ids ?? names, rowCount);
  const interner = new Interner();
  const codes = new Uint32Array(rowCount);
  yield* stage(recode(ids, codes, interner), 0, 3);
  const idCount = interner.dictionary.length;
  yield* stage(recode(names, codes, interner), 1, 3);
  const all = interner.dictionary;
  const labels: string[] = [];
  const bareIds = bareIdsOf(names);
  // What is grouped by its name has one.
  const isNameless = new Uint8Array(all.length).fill(1, 1, idCount);
  // Every row of an id says the same name, unless it says none.
  let lacking = interner.dictionary.length - 1;
  const naming = inParts(rowCount, (from, to) => {
    for (let row = from; row < to && lacking > 0; row++) {
      const code = codes[row] ?? 0;
      if (code === 0 || labels[code]) continue;
      const name = names.codes[row] ?? 0;
      const label = names.dictionary[name] ?? '';
      if (label === '') continue;
      labels[code] = label;
      isNameless[code] = bareIds?.[name] ?? 0;
      lacking--;
    }
  });
  yield* stage(naming, 2, 3);
  return withLabels(codes, all, labels, isNameless);
}

/**
 * Numbers the texts of a column by `interner` and fills in the numbers of rows that have none yet. Dictionaries hold
 * duplicates and unused texts, so only what a row uses counts.
 */
export function* recode(
  {codes: own, dictionary}: TextColumn,
  codes: Uint32Array,
  interner: Interner,
  idOf: (text: string) => string = text => text,
): Work<void> {
  // Number of a text plus one: 0 is for what was not looked up yet.
  const numbers = new Uint32Array(Math.max(1, dictionary.length)).fill(1, 0, 1);
  yield* inParts(codes.length, (from, to) => {
    for (let row = from; row < to; row++) {
      if (codes[row] !== 0) continue;
      const code = own[row] ?? 0;
      let number = numbers[code] ?? 0;
      if (number === 0) {
        const id = idOf(dictionary[code] ?? '');
        number = 1 + (id === '' ? 0 : interner.codeOf(id));
        numbers[code] = number;
      }
      codes[row] = number - 1;
    }
  });
}

/** An id without a name is its own label; ids of one name get as much of the id as tells them apart. */
function withLabels(
  codes: Uint32Array,
  ids: readonly string[],
  names: readonly string[],
  isNameless: Uint8Array,
): GroupCodes {
  const labels = ids.map((id, code) => (code === 0 ? NONE : names[code] || id));
  const alike = new Map<string, number[]>();
  for (const [code, label] of labels.entries()) {
    const same = alike.get(label);
    if (same === undefined) alike.set(label, [code]);
    else same.push(code);
  }
  for (const [label, same] of alike) {
    if (same.length === 1) continue;
    const length = tellingLength(same.map(code => ids[code] ?? ''));
    for (const code of same) {
      // Rows without any value are called so whatever else bears that name.
      if (code === 0) continue;
      const id = shortened(ids[code] ?? '', length);
      // Screens cut long names at their ends: what tells them apart must not stand there.
      labels[code] = label.length > LONG_NAME ? `(${id}) ${label}` : `${label} (${id})`;
    }
  }
  return {codes, ids, labels, isNameless};
}

/** How much of the beginning, eight characters or more, differs between all of the ids. */
function tellingLength(ids: readonly string[]): number {
  let length = 8;
  while (new Set(ids.map(id => id.slice(0, length))).size < ids.length) length++;
  return length;
}

function shortened(id: string, length: number): string {
  return length < id.length ? `${id.slice(0, length)}…` : id;
}
