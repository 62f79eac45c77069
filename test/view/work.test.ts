import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Dataset} from '../../source/usage/dataset.ts';
import {addingUp} from '../../source/view/figures.ts';
import {filteringRows} from '../../source/view/filter.ts';
import {groupingRows} from '../../source/view/group.ts';
import {metricsOf} from '../../source/view/metrics.ts';
import {patternOf} from '../../source/view/pattern.ts';
import {allRows} from '../../source/view/rows.ts';
import {findingPlace} from '../../source/view/search.ts';
import {sortingRows} from '../../source/view/sort.ts';
import {attempt, finish, inParts, stage, type Work} from '../../source/view/work.ts';

/** More than three parts of any loop. */
const COUNT = 100_003;

const numbers = Float64Array.from({length: COUNT}, (_, row) => (row % 10 === 3 ? Number.NaN : (row * 7919) % 50_021));
numbers[COUNT - 3] = 777_777;
const models = Uint32Array.from({length: COUNT}, (_, row) => (row * 31) % 4);
const dataset: Dataset = {
  rowCount: COUNT,
  columns: [
    {kind: 'number', name: 'input_tokens', values: numbers},
    {kind: 'text', name: 'model', codes: models, dictionary: ['', 'gpt-5.4', 'tts-2', 'o9-mini']},
  ],
};
const all = allRows(COUNT);

/** How often it pauses, how far it says it is then, and what comes of it. */
function run<Result>(work: Work<Result>): {readonly told: readonly number[]; readonly result: Result} {
  const told: number[] = [];
  for (;;) {
    const {done, value} = work.next();
    if (done) return {told, result: value};
    told.push(value.done);
  }
}

describe('work in parts', () => {
  test('goes through every row once, in order', () => {
    fc.assert(
      fc.property(fc.nat(200_000), count => {
        let next = 0;
        const {told} = run(
          inParts(count, (from, to) => {
            expect(from).toBe(next);
            expect(to).toBeGreaterThan(from);
            next = to;
          }),
        );
        expect(next).toBe(count);
        expect(told.at(-1) ?? 1).toBe(1);
      }),
    );
  });

  test('is done at once where it goes through no more rows than it may, and is given up else', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(100_000), {maxLength: 4}), fc.nat(300_000), (counts, mostRows) => {
        const work = function* (): Work<string> {
          for (const count of counts) yield* inParts(count, () => {});
          return 'done';
        };
        const rows = counts.reduce((sum, count) => sum + count, 0);
        expect(attempt(work(), mostRows)).toEqual(rows > mostRows ? undefined : {result: 'done'});
      }),
    );
  });

  test('as stages of a whole tells how much of that is done', () => {
    const whole = function* (): Work<void> {
      yield* stage(
        inParts(1, () => {}),
        0,
        4,
      );
      yield* stage(
        inParts(1, () => {}),
        3,
        4,
      );
    };
    expect(run(whole()).told).toEqual([0.25, 1]);
  });
});

describe('over many parts', () => {
  /** Pauses more than once, and never tells of less than before. */
  function inPieces<Result>(work: Work<Result>): Result {
    const {told, result} = run(work);
    expect(told.length).toBeGreaterThan(2);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(told.at(-1)).toBeLessThanOrEqual(1);
    return result;
  }

  test('rows are sorted as in one piece', () => {
    const sorted = inPieces(sortingRows(dataset, all, [{column: 'input_tokens', isReversed: false}]));
    const expected = [...all].sort((a, b) => {
      const [one = Number.NaN, other = Number.NaN] = [numbers[a], numbers[b]];
      if (Number.isNaN(one) || Number.isNaN(other)) return Number(Number.isNaN(one)) - Number(Number.isNaN(other));
      return one - other;
    });
    expect(sorted).toEqual(Uint32Array.from(expected));
  });

  test.each(['123', '4', 'gpt', 'nowhere-1'])('rows with %j are those that a look at each would find', text => {
    const kept = inPieces(filteringRows(dataset, all, [{kind: 'text', text}]));
    const isIn = (row: number) => {
      const number = numbers[row] ?? Number.NaN;
      const isNumber = !Number.isNaN(number) && String(number).includes(text);
      return isNumber || (['', 'gpt-5.4', 'tts-2', 'o9-mini'][models[row] ?? 0] ?? '').includes(text);
    };
    expect(kept).toEqual(all.filter(isIn));
  });

  test('the nearest match is found, whichever part it is in', () => {
    const search = {pattern: patternOf('777777'), columns: [0, 1], isFromIncluded: true} as const;
    const at = COUNT - 3;
    const down = findingPlace(dataset, all, {...search, direction: 1, from: {at: 0, column: -1}});
    expect(inPieces(down)).toEqual({at, column: 0, isWrapped: false});
    const up = findingPlace(dataset, all, {...search, direction: -1, from: {at: at - 1, column: -1}});
    expect(inPieces(up)).toEqual({at, column: 0, isWrapped: true});
  });

  test('groups and figures add up to what the rows hold', () => {
    const [metric] = metricsOf(dataset);
    if (!metric) throw new Error('There is no metric.');
    const {groups, total} = inPieces(groupingRows(dataset, all, {dimension: 'model', metric}));
    const held = numbers.filter(number => !Number.isNaN(number));
    const sum = held.reduce((whole, number) => whole + number, 0);
    expect([total.value, total.rows]).toEqual([sum, held.length]);
    expect(groups.reduce((whole, {value}) => whole + value, 0)).toBe(sum);
    const [column] = dataset.columns;
    if (!column) throw new Error('There is no column.');
    const distinct = new Set(held).size;
    expect(inPieces(addingUp(dataset, column, all))).toMatchObject({count: held.length, distinct, sum, least: 0});
  });

  test('two that take turns do not disturb one another', () => {
    const works = [
      sortingRows(dataset, all, [{column: 'model', isReversed: true}]),
      filteringRows(dataset, all, [{kind: 'text', text: '12'}]),
      filteringRows(dataset, all, [{kind: 'text', text: 'gpt'}]),
    ];
    const alone = works.map((_, index) => {
      if (index === 0) return finish(sortingRows(dataset, all, [{column: 'model', isReversed: true}]));
      return finish(filteringRows(dataset, all, [{kind: 'text', text: index === 1 ? '12' : 'gpt'}]));
    });
    const results: (Uint32Array | undefined)[] = works.map(() => undefined);
    while (results.includes(undefined)) {
      for (const [index, work] of works.entries()) {
        const step = results[index] === undefined ? work.next() : undefined;
        if (step?.done) results[index] = step.value;
      }
    }
    expect(results).toEqual(alone);
  });
});
