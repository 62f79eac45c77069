import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {sameRow} from '../../../source/ui/state/same-row.ts';
import {datasetOf, someRows} from '../../view/datasets.ts';

const at = (hour: number) => ({start_time: 1_760_000_400 + hour * 3600, date: '2025-10-09'});

const older = datasetOf([
  {...at(0), api_key_id: 'key_1', api_key_name: 'prod', model: 'a', input_tokens: 1},
  {...at(0), api_key_id: 'key_1', api_key_name: 'prod', input_tokens: 2},
  {...at(1), api_key_id: 'key_1', api_key_name: 'prod', model: 'a', input_tokens: 3},
]);

describe('the same row', () => {
  test('has the same time and the same texts, whatever its numbers are now', () => {
    const newer = datasetOf([
      {...at(0), api_key_id: 'key_2', model: 'a', input_tokens: 1},
      {...at(0), api_key_id: 'key_1', model: 'a', input_tokens: 9},
      {...at(0), api_key_id: 'key_1', input_tokens: 9},
      {...at(1), api_key_id: 'key_1', model: 'a', input_tokens: 9},
    ]);
    expect([0, 1, 2].map(row => sameRow(older, row, newer))).toEqual([1, 2, 3]);
  });

  test('may have lost or gained a column that is empty in it', () => {
    const newer = datasetOf([
      {...at(0), api_key_id: 'key_1', batch: 'true'},
      {...at(0), api_key_id: 'key_1'},
    ]);
    expect([0, 1].map(row => sameRow(older, row, newer))).toEqual([undefined, 1]);
  });

  test('may bear another name, as long as its id is the same', () => {
    const newer = datasetOf([{...at(1), api_key_id: 'key_1', api_key_name: 'renamed', model: 'a'}]);
    expect(sameRow(older, 2, newer)).toBe(0);
  });

  test('is not there where nothing is like it', () => {
    expect(sameRow(older, 0, datasetOf([]))).toBeUndefined();
  });
});

test('of equal rows it is the one as far down: in the same dataset it is itself', () => {
  fc.assert(
    fc.property(someRows, rows => {
      const twice = [...rows, ...rows];
      const dataset = datasetOf(twice);
      const all = [...twice.keys()];
      expect(all.map(row => sameRow(dataset, row, datasetOf(twice)))).toEqual(all);
    }),
    {numRuns: 30},
  );
});
