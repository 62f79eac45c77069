import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Action} from '../../../source/ui/keymap.ts';
import {actOnChart, settleChart} from '../../../source/ui/state/chart.ts';
import {chartPosition, chartTitle, notesLine, sayHere, whyEmpty} from '../../../source/ui/state/chart-words.ts';
import {type ResultsState, withView} from '../../../source/ui/state/results.ts';
import {showOutcome} from '../../../source/ui/state/show-outcome.ts';
import type {Surroundings} from '../../../source/ui/state/step.ts';
import {settleSummary} from '../../../source/ui/state/summary.ts';
import {goTo} from '../../../source/ui/state/trail.ts';
import {asciiGlyphs, unicodeGlyphs} from '../../../source/ui/theme.ts';
import {DEFAULT_COLUMNS} from '../../../source/view/column-choice.ts';
import {groupRows} from '../../../source/view/group.ts';
import {metricsOf} from '../../../source/view/metrics.ts';
import {widthOf} from '../../../source/view/width.ts';
import {NOON} from '../../helpers/fake-connection.ts';
import {everyRow, someRows, sum} from '../../view/datasets.ts';
import {octoberCosts, outcomeOf} from '../charted.ts';

const around: Surroundings = {
  size: {columns: 80, rows: 24},
  glyphs: unicodeGlyphs,
  message: undefined,
  now: NOON,
  nextId: 1,
  isOffline: false,
  history: {search: [], filter: []},
};

const settle = (results: ResultsState, part: Partial<Surroundings> = {}) => settleChart(results, {...around, ...part});
const showing = (outcome = octoberCosts(31), lens: Partial<ResultsState['lens']> = {}) => {
  const results = goTo(showOutcome(outcome, DEFAULT_COLUMNS), 'chart');
  return settle({...results, lens: {...results.lens, ...lens}});
};
const play = (results: ResultsState, ...actions: readonly Action[]) =>
  actions.reduce((current, action) => settle(actOnChart(current, action)?.results ?? current), results);
const legendOf = ({chart}: ResultsState) => chart.charted?.legend.map(({label, value}) => [label, value]);
const seriesOf = ({chart}: ResultsState) => chart.charted?.series.map(({label}) => label);

describe('a chart', () => {
  test('stacks the five biggest groups and the others as one, which add up to the total', () => {
    const {charted} = showing().chart;
    expect(charted?.legend.map(({label, series}) => [label, series])).toEqual([
      ['Search', 0],
      ['Chat', 1],
      ['Voice', 2],
      ['Images', 3],
      ['Batch', 4],
      ['other (2)', 5],
    ]);
    expect(sum(charted?.legend.map(({value}) => value) ?? [])).toBe(charted?.total);
    expect(sum(charted?.legend.map(({share}) => share) ?? [])).toBeCloseTo(1);
  });

  test('of shares is not stacked: its columns are all rows, its legend tells the groups', () => {
    const results = showing(octoberCosts(3), {metric: 'cached_share'});
    expect(seriesOf(results)).toEqual(['total']);
    expect(legendOf(results)?.slice(0, 3)).toEqual([
      ['all', 0.3],
      ['Intern', 0.6],
      ['Labs', 0.5],
    ]);
  });

  test('by days is one series: stacked they would only repeat themselves', () => {
    const results = showing(octoberCosts(3), {dimension: 'day'});
    expect(seriesOf(results)).toEqual(['total']);
    expect(chartTitle(results, 78, unicodeGlyphs)).toBe('2026-10-01 → 10-03 · cost per day');
  });

  test('is of the rows in view', () => {
    const filter = {kind: 'group', dimension: 'project', id: 'proj_1', label: 'Chat'} as const;
    const results = settle(withView(showing(), {filters: [filter]}));
    expect(seriesOf(results)).toEqual(['Chat']);
  });

  test('has costs by the day whatever the buckets, and what is counted by their hours', () => {
    const outcome = octoberCosts(2);
    const hourly = {...outcome, query: {...outcome.query, width: '1h'} as const};
    expect(showing(hourly).chart.charted?.steps).toMatchObject({unit: 'day', count: 2});
    expect(showing(hourly, {metric: 'requests'}).chart.charted?.steps).toMatchObject({unit: 'hour', count: 48});
  });
});

test('its total is the total of the summary, and so are its series together', () => {
  fc.assert(
    fc.property(someRows, fc.nat(5), fc.nat(5), (rows, dimension, metric) => {
      const outcome = outcomeOf(rows, 3);
      const chosen = metricsOf(outcome.dataset)[metric];
      const results = showing(outcome, {
        metric: chosen?.name,
        dimension: ['project', 'model', 'line_item', 'key', 'day', undefined][dimension],
      });
      const {charted} = results.chart;
      if (!charted) return;
      const {figures} = settleSummary({...results, place: 'summary'}, around).summary;
      const total =
        figures?.total.value ??
        groupRows(outcome.dataset, everyRow(outcome.dataset), {dimension: '', metric: charted.metric}).total.value;
      expect(charted.total).toBe(total);
      if (charted.metric.kind === 'share' || charted.rowCount === 0) return;
      expect(sum([...charted.totals])).toBeCloseTo(total, 6);
      if (!charted.hasNegative) expect(sum(charted.series.flatMap(({steps}) => [...steps]))).toBeCloseTo(total, 6);
    }),
  );
});

describe('it is made again', () => {
  test('never while rows, lens and room are the same', () => {
    const results = showing();
    expect(settle(results)).toBe(results);
  });

  test('in another room, of the same figures', () => {
    const results = showing();
    const wider = settle(results, {size: {columns: 120, rows: 40}});
    expect(wider.chart.charted).toBe(results.chart.charted);
    expect(wider.chart.drawn?.width).toBe(118);
  });

  test('for another dimension', () => {
    const results = showing();
    const turned = play(results, 'right');
    expect(turned.chart.charted?.dimension).not.toEqual(results.chart.charted?.dimension);
    expect(play(turned, 'left').chart.charted).toEqual(results.chart.charted);
  });
});

test('a share is drawn beside the shares of its groups', () => {
  const size = {columns: 50, rows: 18};
  const {drawn} = settle(showing(octoberCosts(7), {metric: 'cached_share'}), {size}).chart;
  const lines = [...(drawn?.lines ?? []), ...(drawn?.legend ?? [])];
  expect(`\n${lines.map(line => line.map(({text}) => text).join('')).join('\n')}\n`).toMatchInlineSnapshot(`
    "
    30 % ┤█████ █████ █████ █████ █████ █████ █████ 
         │█████ █████ █████ █████ █████ █████ █████ 
         │█████ █████ █████ █████ █████ █████ █████ 
    20 % ┤█████ █████ █████ █████ █████ █████ █████ 
         │█████ █████ █████ █████ █████ █████ █████ 
    10 % ┤█████ █████ █████ █████ █████ █████ █████ 
         │█████ █████ █████ █████ █████ █████ █████ 
         │█████ █████ █████ █████ █████ █████ █████ 
     0 % └──────────────────────────────────────────
          2026-10-01  10-03 10-04 10-05 10-06 10-07 
    ██ all     30 %       Images  30 %
       Intern  60 %       Voice   20 %
       Labs    50 %       Chat    10 %
       Batch   40 %       Search   0 %
    "
  `);
});

describe('its room', () => {
  test('is filled exactly, whatever the size and the metric', () => {
    const outcome = octoberCosts(31);
    const size = fc.record({columns: fc.integer({min: 40, max: 200}), rows: fc.integer({min: 10, max: 60})});
    const metric = fc.constantFrom(...metricsOf(outcome.dataset).map(({name}) => name));
    fc.assert(
      fc.property(size, metric, fc.constantFrom(unicodeGlyphs, asciiGlyphs), (room, name, glyphs) => {
        const {drawn} = settle(showing(outcome, {metric: name}), {size: room, glyphs}).chart;
        const {lines, legend, legendHeight, gap, hasNote} = drawn ?? expect.fail('nothing was drawn');
        expect(lines.length + gap + legendHeight + (hasNote ? 1 : 0)).toBe(room.rows - 3);
        for (const line of [...lines, ...legend]) {
          expect(widthOf(line.map(({text}) => text).join(''))).toBeLessThanOrEqual(room.columns - 2);
        }
      }),
      {numRuns: 60},
    );
  });

  test('keeps a chart and a line of the legend where prompts and notes take the rest', () => {
    const outcome = {...octoberCosts(31), skipped: ['images'] as const};
    const size = {columns: 40, rows: 10};
    const message = {text: 'one two three four five six seven eight nine ten', tone: 'plain'} as const;
    const {drawn} = settle(showing(outcome), {size, message}).chart;
    expect([drawn?.lines.length, drawn?.legendHeight]).toEqual([3, 1]);
  });
});

describe('keys', () => {
  const many = Array.from({length: 40}, (_, index) => `project ${index}`);

  test('↑ ↓ and the others scroll a legend that is longer than its room', () => {
    const results = showing(octoberCosts(3, many), {metric: 'cached_share'});
    const height = results.chart.drawn?.legendHeight ?? 0;
    const lines = results.chart.drawn?.legend.length ?? 0;
    expect(notesLine(results, 78, unicodeGlyphs)).toBe(
      `legend 1-${height} of ${lines} (↑ ↓) · columns show all rows together`,
    );
    const tops = (...actions: Action[]) => play(results, ...actions).chart.top;
    expect([tops('down'), tops('down', 'up', 'up'), tops('pageDown')]).toEqual([1, 0, height]);
    expect([tops('last'), tops('last', 'first'), tops('last', 'down')]).toEqual([lines - height, 0, lines - height]);
    expect(tops('last', 'right')).toBe(0);
  });

  test('change nothing where all of it is in sight', () => {
    const results = showing();
    for (const action of ['up', 'down', 'pageUp', 'pageDown', 'first', 'last'] as const) {
      expect(play(results, action)).toBe(results);
    }
  });

  test('m offers the metrics, the cursor on this one', () => {
    const {chooser} = play(showing(octoberCosts(3), {metric: 'requests'}), 'metric');
    expect(chooser).toMatchObject({kind: 'choice', of: 'metric'});
    expect(chooser?.kind === 'choice' && chooser.items[chooser.cursor]?.name).toBe('requests');
  });

  test('back leads to exactly where one was', () => {
    const table = showOutcome(octoberCosts(3), DEFAULT_COLUMNS);
    const filter = {kind: 'text', text: 'Chat'} as const;
    const filtered = withView({...table, table: {...table.table, row: 3}}, {filters: [filter]});
    const back = play(settle(goTo(filtered, 'chart')), 'back');
    expect({...back, chart: filtered.chart}).toEqual(filtered);
  });
});

describe('copies', () => {
  test('y the total as a bare number', () => {
    const copy = actOnChart(showing(octoberCosts(2)), 'copy')?.copy;
    expect(copy).toEqual({text: '105', what: '105, the total cost'});
  });

  test('Y the totals of the days by tabs, in one line', () => {
    const copy = actOnChart(showing(octoberCosts(2)), 'copyRow')?.copy;
    expect(copy).toEqual({text: '35\t70', what: 'the total of each day'});
  });

  test('nothing where there is nothing', () => {
    const none = settle({...showing(), rows: new Uint32Array(0)});
    expect(actOnChart(none, 'copy')).toMatchObject({message: {text: 'There is no figure to copy.'}});
  });
});

describe('words', () => {
  test('say how long, how much and when most, as far as there is room', () => {
    const {charted} = showing().chart;
    const position = (width: number) => (charted ? chartPosition(charted, width, unicodeGlyphs) : '');
    expect([78, 50, 40, 36, 30, 20].map(position)).toEqual([
      '31 days · total $4,130.00 · highest 2026-10-07 $245.00',
      'total $4,130.00 · highest 2026-10-07 $245.00',
      'total $4,130.00 · highest 10-07 $245.00',
      'total $4,130 · highest 10-07 $245',
      '$4,130 · highest 10-07 $245',
      'total $4,130.00',
    ]);
  });

  test('name the range, the metric, the dimension and the step, in this order of dispensability', () => {
    const title = (width: number) => chartTitle(showing(), width, unicodeGlyphs);
    expect([78, 30, 18].map(title)).toEqual([
      '2026-10-01 → 10-31 · cost by project per day',
      'cost by project per day',
      'cost by project',
    ]);
  });

  test('tell what columns leave out', () => {
    const credits = outcomeOf([{start_time: 1_790_812_800, project_id: 'a', amount: -5, currency: 'usd'}], 31);
    const narrow = settle(showing(credits), {size: {columns: 40, rows: 12}});
    expect(notesLine(showing(credits), 78, unicodeGlyphs)).toBe('amounts below zero (credits) are not drawn');
    expect(notesLine(narrow, 38, unicodeGlyphs)).toBe('credits not drawn');
  });

  test('promise no key that only a table has', () => {
    const said = ['Cost +38 % · x', 'filter: a · 3 of 9 rows · Backspace undoes', 'filter: x'];
    const here = ['Cost +38 %', 'filter: a · 3 of 9 rows', 'filter: x'];
    expect(said.map(text => sayHere(text, unicodeGlyphs))).toEqual(here);
  });

  test('say why there is no chart, and the way out', () => {
    const reasons = (results: ResultsState) => whyEmpty(results, unicodeGlyphs);
    const results = showing();
    const filtered = settle(withView(results, {filters: [{kind: 'text', text: 'nobody'}]}));
    expect(reasons(filtered)).toEqual([
      'No row is left by the filters.',
      'Esc leads back; there Backspace undoes the last filter.',
    ]);
    const usage = settle({...results, rows: results.rows.filter(row => row % 2 === 1)});
    expect(reasons(usage)).toEqual(['None of the 217 rows in view has cost.', 'm chooses another metric.']);
    expect(reasons(showing(outcomeOf([], 31)))).toEqual(['No usage from 2026-10-01 → 10-31 (UTC).']);
    expect(reasons(showing(outcomeOf([{model: 'x'}], 31)))).toEqual([
      'The rows have no figures that a chart could show.',
    ]);
    expect(reasons(results)).toEqual([]);
  });
});
