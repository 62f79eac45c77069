import {describe, expect, test} from 'vitest';
import {BlockBuilder, Interners} from '../../source/usage/block.ts';
import {findColumn, valueAt} from '../../source/usage/dataset.ts';

function columnOf(fill: (builder: BlockBuilder) => void) {
  const builder = new BlockBuilder(new Interners());
  fill(builder);
  const column = builder.finish().columns.get('x');
  if (column === undefined) throw new Error('There is no column x');
  return column;
}

describe('a cell', () => {
  test('is a number, a text or a boolean, and undefined where the API gave none', () => {
    const numbers = columnOf(builder => {
      for (const value of [0, undefined, -1.5]) {
        builder.startRow();
        if (value !== undefined) builder.number('x', value);
      }
    });
    expect([0, 1, 2].map(row => valueAt(numbers, row))).toEqual([0, undefined, -1.5]);
    const flags = columnOf(builder => {
      for (const value of [true, undefined, false]) {
        builder.startRow();
        if (value !== undefined) builder.boolean('x', value);
      }
    });
    expect([0, 1, 2].map(row => valueAt(flags, row))).toEqual([true, undefined, false]);
    const texts = columnOf(builder => {
      for (const value of ['', undefined, 'true']) {
        builder.startRow();
        if (value !== undefined) builder.text('x', value);
      }
    });
    expect([0, 1, 2].map(row => valueAt(texts, row))).toEqual(['', undefined, 'true']);
  });

  test('outside the rows is undefined', () => {
    const column = columnOf(builder => {
      builder.startRow();
      builder.text('x', 'a');
    });
    expect([-1, 1].map(row => valueAt(column, row))).toEqual([undefined, undefined]);
    expect(findColumn({rowCount: 1, columns: [column]}, 'x')).toBe(column);
    expect(findColumn({rowCount: 1, columns: [column]}, 'y')).toBeUndefined();
  });
});

test('blocks of one answer share their dictionary, each with its own rows', () => {
  const interners = new Interners();
  const [one, two] = ['gpt-a', 'gpt-b'].map(model => {
    const builder = new BlockBuilder(interners);
    builder.startRow();
    builder.text('model', model);
    return builder.finish().columns.get('model');
  });
  expect(one?.kind === 'text' && two?.kind === 'text' && one.dictionary === two.dictionary).toBe(true);
  expect([one, two].map(column => column && valueAt(column, 0))).toEqual(['gpt-a', 'gpt-b']);
});
