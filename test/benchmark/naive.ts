/**
 * What the views are compared with: the same answers from an array of row objects, by the loop or the array method that
 * comes to mind first.
 */
import Papa from 'papaparse';
import {type Dataset, valueAt} from '../../source/usage/dataset.ts';

export type Row = Readonly<Record<string, string | number | boolean | undefined>>;

/** The dataset as objects, as the API gave them: a value that is absent is no field. */
export function rowObjects(dataset: Dataset): Row[] {
  return Array.from({length: dataset.rowCount}, (_, index) => {
    const row: Record<string, string | number | boolean> = {};
    for (const column of dataset.columns) {
      const value = valueAt(column, index);
      if (value !== undefined) row[column.name] = value;
    }
    return row;
  });
}

/** Numbers by size, texts as people sort them; rows without a value last. */
export function sortedBy(rows: readonly Row[], column: string): Row[] {
  const {compare} = new Intl.Collator('en', {numeric: true});
  return rows.toSorted((one, other) => {
    const [a, b] = [one[column], other[column]];
    if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
    return typeof a === 'number' && typeof b === 'number' ? a - b : compare(String(a), String(b));
  });
}

export function having(rows: readonly Row[], column: string, value: string): Row[] {
  return rows.filter(row => row[column] === value);
}

export function above(rows: readonly Row[], column: string, bound: number): Row[] {
  return rows.filter(row => Number(row[column]) > bound);
}

/** Rows with the text (lower case) in one of their fields, in whatever case. */
export function containing(rows: readonly Row[], text: string): Row[] {
  return rows.filter(row => isIn(row, text));
}

/** The number of the first of them; -1 for none. */
export function firstContaining(rows: readonly Row[], text: string): number {
  return rows.findIndex(row => isIn(row, text));
}

/** The sum of the columns by the value of another one. */
export function sums(rows: readonly Row[], by: string, columns: readonly string[]): Map<string, number> {
  const groups = new Map<string, number>();
  for (const row of rows) {
    const id = String(row[by] ?? '');
    for (const column of columns) {
      const value = row[column];
      if (typeof value === 'number') groups.set(id, (groups.get(id) ?? 0) + value);
    }
  }
  return groups;
}

/** All of it in one text, as papaparse makes it. */
export function csvOf(rows: readonly Row[], columns: readonly string[]): string {
  return Papa.unparse([...rows], {columns: [...columns], newline: '\n'});
}

function isIn(row: Row, text: string): boolean {
  return Object.values(row).some(value => String(value).toLowerCase().includes(text));
}
