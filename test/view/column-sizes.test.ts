import {describe, expect, test} from 'vitest';
import type {Column} from '../../source/usage/block.ts';
import {measureColumns, WIDEST_TEXT} from '../../source/view/column-sizes.ts';
import {formatCell} from '../../source/view/format.ts';
import {widthOf} from '../../source/view/width.ts';

const figures = (name: string, values: number[]): Column => ({kind: 'number', name, values: Float64Array.from(values)});
const texts = (name: string, values: string[]): Column => ({
  kind: 'text',
  name,
  codes: Uint32Array.from(values, (_, row) => row + 1),
  dictionary: ['', ...values],
});
const widths = (column: Column, rowCount: number, sampleRows?: number) =>
  measureColumns({columns: [column], rowCount}, sampleRows)[0]?.width;

describe('a column is as wide as', () => {
  test('its header at least', () => {
    expect(widths(texts('model', ['a']), 1)).toBe(5);
    expect(widths(texts('model', []), 0)).toBe(5);
    expect(widths(texts('', ['']), 1)).toBe(1);
  });

  test('its widest cell, in columns of the terminal and not in characters', () => {
    expect(widths(texts('model', ['漢字漢字', 'abc']), 2)).toBe(8);
  });

  test('forty columns at most for texts', () => {
    expect(widths(texts('model', ['x'.repeat(300)]), 1)).toBe(WIDEST_TEXT);
    expect(widths(texts('x'.repeat(300), ['a']), 1)).toBe(WIDEST_TEXT);
  });

  test('its largest and smallest numbers, also where no sample is taken', () => {
    expect(widths(figures('n', [1, 2, 123_456_789, 4]), 4, 2)).toBe('123,456,789'.length);
    expect(widths(figures('n', [1, 2, -123_456, 4]), 4, 2)).toBe('-123,456'.length);
  });

  test('its numbers with their decimals', () => {
    const column = figures('amount', [1234.5, 0.000125, Number.NaN]);
    const width = widths(column, 3) ?? 0;
    for (const row of [0, 1, 2]) expect(widthOf(formatCell(column, row))).toBeLessThanOrEqual(width);
    expect(width).toBe('1,234.000125'.length);
  });
});

test('measuring looks at no more texts than it was told to', () => {
  let looks = 0;
  const codes = new Proxy(new Uint32Array(10_000), {
    get(target, key) {
      if (typeof key === 'string' && /^\d+$/.test(key)) looks++;
      return Reflect.get(target, key);
    },
  });
  measureColumns({rowCount: 10_000, columns: [{kind: 'text', name: 'model', codes, dictionary: ['']}]}, 100);
  expect(looks).toBe(100);
});
