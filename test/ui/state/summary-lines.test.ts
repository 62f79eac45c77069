import {describe, expect, test} from 'vitest';
import {pivotLines} from '../../../source/ui/state/pivot-lines.ts';
import type {ResultsState} from '../../../source/ui/state/results.ts';
import {showOutcome} from '../../../source/ui/state/show-outcome.ts';
import {answering, type Figures, questionOf} from '../../../source/ui/state/summary-figures.ts';
import {summaryLines, type TableLines} from '../../../source/ui/state/summary-lines.ts';
import {dimensionParts, summaryAdvice, summaryPosition, summaryTitle} from '../../../source/ui/state/summary-words.ts';
import {asciiGlyphs, unicodeGlyphs} from '../../../source/ui/theme.ts';
import {DEFAULT_COLUMNS} from '../../../source/view/column-choice.ts';
import {widthOf} from '../../../source/view/width.ts';
import {finish} from '../../../source/view/work.ts';
import {datasetOf} from '../../view/datasets.ts';
import {SUMMARY_ROWS, summaryOutcome} from '../summaries.ts';

type Asked = {
  readonly metric?: string;
  readonly dimension?: string;
  readonly across?: string;
  readonly outcome?: ReturnType<typeof summaryOutcome>;
};

function resultsFor({metric, dimension, across, outcome = summaryOutcome()}: Asked = {}): ResultsState {
  const shown = showOutcome(outcome, DEFAULT_COLUMNS);
  const results = {...shown, lens: {metric, dimension}, summary: {...shown.summary, across}};
  const question = questionOf(results);
  return {...results, summary: {...results.summary, figures: question && finish(answering(question, results))}};
}

function figuresOf(asked: Asked = {}): Figures {
  const {figures} = resultsFor(asked).summary;
  if (!figures) throw new Error('There are no figures.');
  return figures;
}

const all = {from: 0, to: 99};

function drawn({header, lines, total}: TableLines): string {
  return `\n${[header, ...lines, total].map(({text, bars}) => `${(text + bars).trimEnd()}\n`).join('')}`;
}

function pivotAt(width: number, asked: Asked): string {
  const figures = figuresOf(asked);
  if (!figures.pivot) throw new Error('There is no pivot.');
  return drawn(pivotLines(figures, figures.pivot, {...all, width, glyphs: unicodeGlyphs}));
}

describe('the lines of groups', () => {
  test('have all there is to show from 100 columns on', () => {
    expect(drawn(summaryLines(figuresOf(), {...all, width: 98, glyphs: unicodeGlyphs}))).toMatchInlineSnapshot(`
      "
      project             cost (USD)   share                                            per day
      Search               $1,234.75    77 %  ██████████████████████████████▉           █▂    ▁
      Chat                   $300.00    19 %  ███████▌                                  █  ▁
      日本語␛[31m⋅␍␊=1+1     $100.25   6.3 %  ██▌                                         █  ▂
      (none): no project     -$35.00  -2.2 %
      total  4 groups      $1,600.00   100 %                                            █▁▁▁ ▁▁
      "
    `);
  });

  test('drop the course over the range below that', () => {
    expect(drawn(summaryLines(figuresOf(), {...all, width: 78, glyphs: asciiGlyphs}))).toMatchInlineSnapshot(`
      "
      project             cost (USD)   share
      Search               $1,234.75    77 %  #############################
      Chat                   $300.00    19 %  #######
      日本語␛[31m⋅␍␊=1+1     $100.25   6.3 %  ##
      (none): no project     -$35.00  -2.2 %
      total  4 groups      $1,600.00   100 %
      "
    `);
  });

  test('keep name and figure alone at 40 columns', () => {
    expect(drawn(summaryLines(figuresOf(), {...all, width: 38, glyphs: unicodeGlyphs}))).toMatchInlineSnapshot(`
      "
      project             cost (USD)
      Search               $1,234.75
      Chat                   $300.00
      日本語␛[31m⋅␍␊=1+1     $100.25
      (none): no project     -$35.00
      total  4 groups      $1,600.00
      "
    `);
  });

  test('tell that a row may lack several names where that is so and there is room', () => {
    const row = {endpoint_type: 'completions', model: 'gpt-5.4', input_tokens: 5};
    const named = {project_id: 'proj_a', project_name: 'Search', user_id: 'user-a', user_email: 'a@b.example'};
    const outcome = summaryOutcome({dataset: datasetOf([row, {...row, ...named}])});
    const lacking = (width: number, dimension: string) => {
      const figures = figuresOf({metric: 'tokens', dimension, outcome});
      return summaryLines(figures, {...all, width, glyphs: unicodeGlyphs}).unaccounted?.bars.trim();
    };
    expect(lacking(118, 'model')).toBe('1 no project, 1 no user (a row may lack several)');
    expect(lacking(78, 'model')).toBe('1 no project, 1 no user');
    expect(lacking(118, 'project')).toBe('1 no project');
  });

  test('show no share of what does not add up', () => {
    const rows = SUMMARY_ROWS.map(row => ({...row, ...('input_tokens' in row && {input_cached_tokens: 6})}));
    const figures = figuresOf({metric: 'cached_share', outcome: summaryOutcome({dataset: datasetOf(rows)})});
    expect(drawn(summaryLines(figures, {...all, width: 98, glyphs: unicodeGlyphs}))).toMatchInlineSnapshot(`
      "
      project              cached share  per day
      日本語␛[31m⋅␍␊=1+1           50 %        █
      Chat                         <1 %     █
      Search                       <1 %  █
      total  3 groups              <1 %  ▁  ▁  █
      "
    `);
  });

  test('show no course over the range for its days, which are a bar each', () => {
    const {header} = summaryLines(figuresOf({dimension: 'day'}), {...all, width: 98, glyphs: unicodeGlyphs});
    expect((header.text + header.bars).trimEnd()).toMatch(/^day .* share$/);
  });

  test('are only those in sight', () => {
    const {lines} = summaryLines(figuresOf(), {from: 1, to: 3, width: 78, glyphs: unicodeGlyphs});
    expect(lines.map(({text}) => text.slice(0, 3))).toEqual(['Cha', '日本語']);
  });

  test.each([38, 58, 78, 98, 198])('end where all others end, %i columns wide', width => {
    const {header, lines, total} = summaryLines(figuresOf(), {...all, width, glyphs: unicodeGlyphs});
    const widths = new Set([header, ...lines, total].map(({text, bars}) => widthOf(text + bars)));
    expect(widths.size).toBe(1);
    expect(Math.max(...widths)).toBeLessThanOrEqual(width);
  });
});

describe('the lines of a pivot', () => {
  test('have a column for each group across, blank where there is nothing', () => {
    expect(pivotAt(98, {across: 'line_item'})).toMatchInlineSnapshot(`
      "
      project             gpt-5.4, input  gpt-5.4, output  gpt-5.4-mini, i…  other (2)      total
      Search                   $1,200.75                             $34.00             $1,234.75
      Chat                       $300.00                            $0.0043               $300.00
      日本語␛[31m⋅␍␊=1+1                           $80.00                       $20.25    $100.25
      (none): no project                                                       -$35.00    -$35.00
      total  4 groups          $1,500.75           $80.00            $34.00    -$14.75  $1,600.00
      "
    `);
  });

  test('add up those that have no room, so that each line holds its total', () => {
    expect(pivotAt(78, {across: 'day'})).toMatchInlineSnapshot(`
      "
      project                 11-16    11-17    11-18    11-19  other (3)      total
      Search              $1,000.50  $200.25                       $34.00  $1,234.75
      Chat                  $300.00                    $0.0043               $300.00
      日本語␛[31m⋅␍␊=1+1                       $80.00              $20.25    $100.25
      (none): no project                                          -$35.00    -$35.00
      total  4 groups     $1,300.50  $200.25   $80.00  $0.0043     $19.25  $1,600.00
      "
    `);
  });

  test('keep name, biggest column and total at 40 columns', () => {
    expect(pivotAt(38, {across: 'day'})).toMatchInlineSnapshot(`
      "
      project               11-16      total
      Search            $1,000.50  $1,234.75
      Chat                $300.00    $300.00
      日本語␛[31m⋅␍␊=…               $100.25
      (none): no proj…               -$35.00
      total  4 groups   $1,300.50  $1,600.00
      "
    `);
  });

  test('leave out what shares would add up to', () => {
    const rows = SUMMARY_ROWS.map(row => ({...row, ...('input_tokens' in row && {input_cached_tokens: 6})}));
    const outcome = summaryOutcome({dataset: datasetOf(rows)});
    expect(pivotAt(46, {across: 'day', metric: 'cached_share', outcome})).toMatchInlineSnapshot(`
      "
      project                11-16  other (2)  total
      日本語␛[31m⋅␍␊=1+1                        50 %
      Chat                                      <1 %
      Search                  <1 %              <1 %
      total  3 groups         <1 %              <1 %
      "
    `);
  });

  test.each([38, 58, 78, 98, 198])('end where all others end, %i columns wide', width => {
    const figures = figuresOf({dimension: 'line_item', across: 'project'});
    if (!figures.pivot) throw new Error('There is no pivot.');
    const {header, lines, total} = pivotLines(figures, figures.pivot, {...all, width, glyphs: unicodeGlyphs});
    const widths = new Set([header, ...lines, total].map(({text, bars}) => widthOf(text + bars)));
    expect(widths.size).toBe(1);
    expect(Math.max(...widths)).toBeLessThanOrEqual(width);
  });
});

describe('the dimensions', () => {
  const labels = ['key', 'project', 'model', 'user', 'endpoint', 'line item', 'day'];
  const line = (current: number, width: number) => {
    const {before, current: marked, after} = dimensionParts(labels, current, width, '…');
    return before + marked + after;
  };

  test('stand in one line, the current one between brackets', () => {
    expect(line(1, 78)).toBe('key  [project]  model  user  endpoint  line item  day');
  });

  test.each([
    [0, '[key]  project  model  user  …'],
    [3, '…  model  [user]  endpoint  …'],
    [4, '…  user  [endpoint]  line item  day'],
    [6, '…  user  endpoint  line item  [day]'],
  ])('are cut around dimension %i where they do not fit', (current, expected) => {
    expect(line(current, 36)).toBe(expected);
  });

  test('name the current one however little room there is', () => {
    expect(line(4, 10)).toContain('[endpoint]');
  });
});

describe('what is said', () => {
  test.each([
    [78, '2026-11-16 → 2026-11-22 · cost by model and day · 3 groups'],
    [38, 'cost by model and day · 3 groups · 2026-11-16 → 2026-11-22'],
  ])('tells what is shown, %i columns wide', (width, title) => {
    expect(summaryTitle(resultsFor({dimension: 'model', across: 'day'}), width, unicodeGlyphs)).toBe(title);
  });

  test('tells how many rows have the metric, and where the model of costs is from', () => {
    const position = (asked: Asked, width = 98, hasUnaccounted = true) =>
      summaryPosition(resultsFor(asked), {width, glyphs: unicodeGlyphs, hasUnaccounted});
    expect(position({})).toBe('group 1 of 4 · 3 rows · rows with cost: 8 of 11');
    expect(position({dimension: 'model'})).toBe(
      'group 1 of 3 · 4 rows · rows with cost: 8 of 11 · costs: model read from the line item',
    );
    expect(position({dimension: 'model'}, 78)).toBe(
      'group 1 of 3 · 4 rows · rows with cost: 8 of 11 · model by line item',
    );
    expect(position({}, 38, false)).toBe('group 1 of 4 · unaccounted -$35.00 · 3 rows · rows with cost: 8 of 11');
    expect(position({dimension: 'endpoint', metric: 'tokens'})).toBe(
      'group 1 of 1 · 3 rows · rows with tokens: 3 of 11',
    );
  });

  test.each<[string, Asked, string]>([
    ['there are no rows', {outcome: summaryOutcome({dataset: datasetOf([])})}, 'There are no rows to add up.'],
    [
      'nothing counts',
      {outcome: summaryOutcome({dataset: datasetOf([{model: 'a'}])})},
      'The rows have no figures to add up.',
    ],
    [
      'the metric has no such dimension',
      {outcome: summaryOutcome({dataset: datasetOf([{amount: 1}, {user_id: 'user-1'}])}), dimension: 'user'},
      'The rows with cost have no user.',
    ],
  ])('gives advice where %s', (_name, asked, expected) => {
    expect(summaryAdvice(resultsFor(asked), unicodeGlyphs)[0]).toBe(expected);
  });

  test('names the way out where filters leave nothing', () => {
    const results = resultsFor();
    const filters = [{kind: 'text', text: 'nowhere'}] as const;
    const filtered = {...results, filters, rows: new Uint32Array(0)};
    expect(summaryAdvice(filtered, unicodeGlyphs)).toEqual([
      'The filters leave no rows.',
      'Backspace undoes the last one, Esc all of them.',
    ]);
  });

  test('is nothing where the groups say it all', () => {
    expect(summaryAdvice(resultsFor(), unicodeGlyphs)).toEqual([]);
  });
});
