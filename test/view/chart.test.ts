import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {startOf} from '../../source/usage/days.ts';
import {type Chart, chartOf} from '../../source/view/chart.ts';
import type {Steps} from '../../source/view/steps.ts';
import {widthOf} from '../../source/view/width.ts';
import {FIRST_DAY} from './datasets.ts';

type Wish = {width?: number; height?: number; unit?: Steps['unit']; isAscii?: boolean; isShare?: boolean};

function chart(
  values: readonly (readonly number[])[],
  {width = 40, height = 8, unit = 'day', ...rest}: Wish = {},
): Chart {
  const series = values.map((steps, index) => ({label: `series ${index}`, steps: Float64Array.from(steps)}));
  const steps = {unit, first: startOf(FIRST_DAY), count: values[0]?.length ?? 0};
  return chartOf({series, steps, width, height, isAscii: true, formatAxis: String, ...rest});
}
const frame = ({lines}: Chart) => lines.map(line => line.map(({text}) => text).join(''));
const drawn = (values: readonly (readonly number[])[], wish?: Wish) => frame(chart(values, wish));

/** How many cells a series has in the whole chart. */
const cellsOf = ({lines}: Chart, series: number) =>
  lines
    .flatMap(line => line.filter(segment => segment.series === series))
    .reduce((sum, {text}) => sum + text.length, 0);

describe('a chart', () => {
  test('stacks series from the biggest up, over dates and beside round numbers', () => {
    const days = [
      [50, 30, 10, 20],
      [30, 10, 10, 0],
    ];
    expect(drawn(days, {width: 30, height: 8})).toEqual([
      '100 +                         ',
      '    |=====                    ',
      '    |=====                    ',
      ' 50 +#####                    ',
      '    |##### #####              ',
      '    |##### ##### ##### #####  ',
      '  0 +-------------------------',
      '     2026-10-01  10-03 10-04  ',
    ]);
  });

  test('shows how high a lone series reaches in parts of a cell', () => {
    expect(drawn([[8, 4, 1, 0.1]], {width: 16, height: 4, isAscii: false})).toEqual([
      '10 ┤▃▃          ',
      ' 5 ┤██ ▂▂       ',
      '   │██ ██ ▂▂ ▁▁ ',
      '    2026-10-01  ',
    ]);
  });
});

describe('the legend', () => {
  test('has another fill for each of six series', () => {
    const days = Array.from({length: 6}, () => [1]);
    for (const isAscii of [true, false]) {
      const {legend} = chart(days, {isAscii});
      expect(new Set(legend.map(({mark}) => mark)).size).toBe(6);
      expect(legend.map(({series, label}) => [series, label])[5]).toEqual([5, 'series 5']);
    }
  });
});

describe('columns', () => {
  test('hold the mean of days where there are more days than room', () => {
    const {perCell} = chart([Array.from({length: 100}, () => 1)], {width: 40});
    expect(perCell).toBe(3);
  });

  test('hold so many hours that days stay whole', () => {
    const hours = (count: number) => chart([Array.from({length: count}, () => 1)], {width: 40, unit: 'hour'}).perCell;
    expect([hours(24), hours(24 * 7), hours(24 * 31)]).toEqual([1, 6, 24]);
  });

  test('take a day without a value for 0, unless it is a share of nothing', () => {
    const days = Array.from({length: 80}, (_, day) => (day % 2 === 0 ? 1 : Number.NaN));
    const height = (isShare: boolean) => cellsOf(chart([days], {width: 45, isShare}), 0);
    expect(height(true)).toBe(2 * height(false));
  });

  test('show at least a cell of what is more than nothing', () => {
    expect(drawn([[1_000_000, 1e-6, 0, Number.NaN]], {width: 12, height: 5}).at(-2)).toBe('## ##       ');
  });

  test('show what is below zero as nothing', () => {
    expect(cellsOf(chart([[5, -5]]), 0)).toBe(cellsOf(chart([[5, 0]]), 0));
  });
});

describe('the dates below', () => {
  const dates = (count: number, wish: Wish) =>
    drawn([Array.from({length: count}, () => 1)], wish)
      .at(-1)
      ?.trim();

  test('stand as close as they can without touching', () => {
    expect(dates(31, {width: 40})).toBe('2026-10-01  10-13 10-19 10-25 10-31');
  });

  test('name a new year', () => {
    expect(dates(200, {width: 54})).toMatch(/^2026-10-01 .* 2027-\d\d-\d\d /);
  });

  test('are hours where steps are, with the date where the day changes', () => {
    expect(dates(48, {width: 52, unit: 'hour'})).toBe('2026-10-01  12:00 18:00 10-02 06:00 12:00 18:00');
  });

  test('leave out the year rather than the first date', () => {
    expect(dates(3, {width: 8, height: 3})).toBe('10-01');
  });
});

test('without room for numbers on the left, columns take it all', () => {
  expect(drawn([[1, 2]], {width: 4, height: 3})).toEqual(['  ##', '####', '    ']);
});

test('a chart of nothing has an axis and no columns', () => {
  expect(drawn([[0, Number.NaN]], {width: 12, height: 6}).slice(-2)).toEqual(['0 +---------', '   10-01    ']);
});

test('every line is as wide as the chart, and there are as many as it is high', () => {
  const values = fc.array(fc.double({min: -10, max: 1e9}), {minLength: 1, maxLength: 120});
  const many = fc.array(values, {minLength: 1, maxLength: 6});
  const size = {width: fc.nat(200), height: fc.nat(50), unit: fc.constantFrom<Steps['unit'][]>('day', 'hour')};
  fc.assert(
    fc.property(many, fc.record({...size, isAscii: fc.boolean()}), (series, wish) => {
      const lines = drawn(series, wish);
      expect(lines).toHaveLength(wish.height);
      for (const line of lines) expect(widthOf(line)).toBe(wish.width);
    }),
  );
});

test('a year of hours fits any terminal', () => {
  for (const width of [38, 80, 200]) {
    const lines = drawn([Array.from({length: 8760}, (_, hour) => hour)], {width, height: 5, unit: 'hour'});
    for (const line of lines) expect(widthOf(line)).toBe(width);
    expect(lines.at(-2)).toContain('#');
  }
});
