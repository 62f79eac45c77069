import type {Column, TextColumn} from './block.ts';

/**
 * All rows of one fetch, held by column. `columns` are the ones to show, in their order (DESIGN section 6): a column
 * that is empty in every row is left out, except the first eight (and all known ones where that was asked for).
 */
export type Dataset = {
  readonly rowCount: number;
  readonly columns: readonly Column[];
};

/** A column of names; by code 1 for an id that nobody knows, and that stands for its own name. */
export type NameColumn = TextColumn & {readonly isBareId: Uint8Array};

/** Which names are none, but ids that nobody knows: a project may well be called like its id. */
export function bareIdsOf(column: Column): Uint8Array | undefined {
  return 'isBareId' in column && column.isBareId instanceof Uint8Array ? column.isBareId : undefined;
}

/** The column of that name, if the dataset has it. */
export function findColumn(dataset: Dataset, name: string): Column | undefined {
  return dataset.columns.find(column => column.name === name);
}

/** The value of a cell: a number, a string, a boolean, or undefined where the API gave none. */
export function valueAt(column: Column, row: number): number | string | boolean | undefined {
  if (column.kind === 'number') {
    const value = column.values[row];
    return value === undefined || Number.isNaN(value) ? undefined : value;
  }
  const code = column.codes[row];
  if (code === undefined || code === 0) return undefined;
  const text = column.dictionary[code];
  return column.kind === 'boolean' ? text === 'true' : text;
}
