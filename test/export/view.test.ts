import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Format} from '../../source/export/format.ts';
import {chunksFor} from '../../source/export/formats.ts';
import {anyColumns, datasetOf, textOf} from './tables.ts';

type Columns = Parameters<typeof datasetOf>[0];

const save = (format: Format, columns: Columns, rows?: readonly number[], chunkRows = 2000) =>
  textOf(chunksFor(format, datasetOf(columns), {chunkRows, rows: rows && Uint32Array.from(rows)}));

const columns: Columns = [
  ['model', ['a', 'b', 'c']],
  ['input_tokens', [1, undefined, 3]],
];

describe('a view', () => {
  test.each([
    ['csv', text => text.split('\n').slice(1, -1)],
    ['json', text => text.split('\n').slice(1, -2)],
    ['ndjson', text => text.split('\n').slice(0, -1)],
  ] satisfies [Format, (text: string) => string[]][])('as %s is those of its rows, in its order', (format, linesOf) => {
    const all = linesOf(save(format, columns)).map(line => line.replace(/,$/, ''));
    fc.assert(
      fc.property(fc.array(fc.nat({max: 2}), {maxLength: 8}), fc.integer({min: 1, max: 5}), (rows, chunkRows) => {
        const written = linesOf(save(format, columns, rows, chunkRows)).map(line => line.replace(/,$/, ''));
        expect(written).toEqual(rows.map(row => all[row]));
      }),
    );
  });

  test.each(['csv', 'json', 'ndjson'] as const)('of all rows is the dataset as %s', format => {
    fc.assert(
      fc.property(anyColumns, all => {
        const rows = [...(all[0]?.[1] ?? []).keys()];
        expect(save(format, all, rows)).toBe(save(format, all));
      }),
    );
  });

  test('without rows is a header, an empty array, nothing', () => {
    expect(save('csv', columns, [])).toBe('model,input_tokens\n');
    expect(save('json', columns, [])).toBe('[\n]\n');
    expect(save('ndjson', columns, [])).toBe('');
  });

  test('counts the rows that were written, not those it was taken from', () => {
    const seen: number[] = [];
    const rows = Uint32Array.of(2, 0);
    const chunks = chunksFor('csv', datasetOf(columns), {rows, chunkRows: 1, onRows: count => seen.push(count)});
    expect(textOf(chunks)).toBe('model,input_tokens\nc,3\na,1\n');
    expect(seen).toEqual([1, 2]);
  });
});
