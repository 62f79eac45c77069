import {describe, expect, test} from 'vitest';
import type {Column} from '../../source/usage/block.ts';
import {pack} from '../../source/usage/pack.ts';
import {copyCodes, copyNumbers} from '../../source/usage/packed.ts';
import {unpacked} from '../helpers/cells.ts';

const numeric = (...values: number[]): Column => ({kind: 'number', name: 'n', values: Float64Array.from(values)});
const packed = (column: Column, rowCount: number) => pack({rowCount, columns: new Map([[column.name, column]])});
const absent = Number.NaN;

describe('a column takes no more bytes than it needs', () => {
  test.each<[string, number[], number]>([
    ['of small integers: one a row', [0, 255, 7], 3],
    ['of larger ones: two', [0, 256, 65_535], 6],
    ['of large ones: four', [0, 65_536, 2 ** 32 - 1], 12],
    ['beyond 32 bits: eight', [0, 2 ** 32, 7], 24],
    ['of fractions: eight', [0.5, 1, 2], 24],
    ['with an absent cell among small integers: still one', [absent, 254, 0], 3],
    ['with an absent cell, and no room for it in one: two', [absent, 255, 0], 6],
    ['of one number for many rows: eight for all', Array(100).fill(1_700_000_000), 100],
  ])('%s', (_, values, bytes) => {
    const block = packed(numeric(...values), values.length);
    expect(block.bytes.byteLength).toBe(bytes);
    expect([...unpacked(block).columns.values()]).toEqual([numeric(...values)]);
  });

  test('and there is none where every value is absent', () => {
    const texts = {kind: 'text', name: 't', codes: Uint32Array.of(0, 0), dictionary: ['', 'x']} as const;
    expect(packed(numeric(absent, absent), 2).columns.size).toBe(0);
    expect(packed(texts, 2).columns.size).toBe(0);
  });
});

describe('rows from the middle are copied to any place', () => {
  const rows = {from: 1, to: 3};

  test.each<[string, number[]]>([
    ['bytes', [1, 2, 3, 4]],
    ['bytes, some absent', [1, absent, 3, 4]],
    ['four bytes', [2 ** 20, 2 ** 21, 2 ** 22, 2 ** 23]],
    ['doubles', [0.1, -0, absent, 0.4]],
    ['a constant', Array(100).fill(7)],
  ])('%s', (_, values) => {
    const block = packed(numeric(...values), values.length);
    const column = block.columns.get('n');
    if (column?.kind !== 'number') expect.unreachable();
    const target = new Float64Array(4).fill(-1);
    copyNumbers(block, column, rows, target, 1);
    expect([...target]).toEqual([-1, values[1], values[2], -1]);
  });

  test('codes', () => {
    const block = packed({kind: 'text', name: 't', codes: Uint32Array.of(1, 2, 0), dictionary: ['', 'a', 'b']}, 3);
    const column = block.columns.get('t');
    if (column === undefined || column.kind === 'number') expect.unreachable();
    const target = new Uint32Array(4).fill(9);
    copyCodes(block, column, rows, target, 1);
    expect([...target]).toEqual([9, 2, 0, 9]);
  });
});
