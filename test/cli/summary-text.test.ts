import {describe, expect, test} from 'vitest';
import {summarize, summarizeChanges} from '../../source/cli/summarize.ts';
import {summaryText} from '../../source/cli/summary-text.ts';
import type {Dataset} from '../../source/usage/dataset.ts';
import {parseMonth} from '../../source/usage/days.ts';
import type {Metric} from '../../source/view/metrics.ts';
import {allRows} from '../../source/view/rows.ts';
import {widthOf} from '../../source/view/width.ts';
import {datasetOf} from '../export/tables.ts';
import {datasetOf as datasetOfRows} from '../view/datasets.ts';

const october = parseMonth('2026-10') ?? {first: 0, last: 0};
const september = parseMonth('2026-09') ?? {first: 0, last: 0};
const cost: Metric = {name: 'cost', label: 'cost', kind: 'money', currency: 'usd', columns: ['amount']};
const cached: Metric = {
  name: 'cached_share',
  label: 'cached share',
  kind: 'share',
  columns: ['input_cached_tokens'],
  over: 'input_tokens',
};

/** Costs of models and projects. */
const costs = (...rows: readonly (readonly [model: string, project: string, amount: number])[]): Dataset =>
  datasetOf([
    ['model', rows.map(([model]) => model)],
    ['project_id', rows.map(([, project]) => project)],
    ['amount', rows.map(([, , amount]) => amount)],
    ['currency', rows.map(() => 'usd')],
  ]);

const sideOf = (dataset: Dataset) => ({dataset, rows: allRows(dataset.rowCount)});

const plain = {width: 80, isAscii: false};
const title = {range: october, periods: undefined, headline: undefined};
const comparing = {range: october, periods: {now: october, before: september}, headline: 'Cost +10 %'};

const now = costs(['gpt-5.4', 'Search', 1234.5], ['gpt-5.4', 'Voice', 0.000043], ['o4-mini', 'Search', 20]);
const before = costs(['gpt-5.4', 'Search', 1000], ['tts-1', 'Voice', 30]);

describe('as text,', () => {
  test('groups have their share and a total', () => {
    const summary = summarize(sideOf(now), {by: ['model'], metric: cost});
    expect(summaryText(summary, title, plain)).toEqual([
      'Cost by model, 2026-10-01 → 2026-10-31',
      '',
      'model             cost  share',
      'gpt-5.4      $1,234.50   98 %',
      'o4-mini         $20.00  1.6 %',
      'total        $1,254.50  100 %',
      'unaccounted      $0.00    0 %',
    ]);
  });

  const paid = {endpoint_type: 'costs', currency: 'usd'};
  const nameless = datasetOfRows([
    {...paid, model: 'a', project_id: 'proj_a', project_name: 'Search', amount: 90},
    {...paid, model: 'a', project_id: 'proj_b', project_name: 'proj_b', amount: 7},
    {...paid, model: 'b', amount: 3},
  ]);

  test('what has no name says so, and is added up once more under the total', () => {
    const summary = summarize(sideOf(nameless), {by: ['project'], metric: cost});
    expect(summaryText(summary, title, plain).slice(2)).toEqual([
      'project              cost  share',
      'Search             $90.00   90 %',
      '(no name) proj_b    $7.00  7.0 %',
      '(none)              $3.00  3.0 %',
      'total             $100.00  100 %',
      'unaccounted        $10.00   10 %',
      '',
      'unaccounted: 2 of 3 rows',
      '  1 no project, 1 unnamed project',
    ]);
  });

  test('rows that lack several names are counted for each, and that is said', () => {
    const rows = datasetOf([
      ['endpoint_type', ['completions', 'completions']],
      ['model', ['a', 'a']],
      ['project_id', [undefined, 'proj_a']],
      ['project_name', [undefined, 'Search']],
      ['user_id', [undefined, 'user-a']],
      ['user_email', [undefined, 'a@b.example']],
      ['input_tokens', [7, 3]],
    ]);
    const tokens: Metric = {name: 'tokens', label: 'tokens', kind: 'count', columns: ['input_tokens']};
    const summary = summarize(sideOf(rows), {by: ['model'], metric: tokens});
    expect(summaryText(summary, title, plain).slice(-3)).toEqual([
      'unaccounted: 1 of 2 rows; a row may lack several',
      '  1 no project',
      '  1 no user',
    ]);
  });

  test('a pivot marks the ids across that nobody could name', () => {
    const summary = summarize(sideOf(nameless), {by: ['model', 'project'], metric: cost});
    expect(summaryText(summary, title, plain)[2]).toMatch(/^model +Search +\(no name\) proj_b +\(none\) +total$/);
  });

  test('changes inside changes say what has no name, once, under the total', () => {
    const summary = summarizeChanges(sideOf(nameless), sideOf(nameless), {by: ['project', 'model'], metric: cost});
    const lines = summaryText(summary, comparing, plain);
    expect(lines.filter(line => line.startsWith('unaccounted'))).toHaveLength(1);
    expect(lines.at(-1)).toMatch(/^unaccounted +\$10\.00 +\$10\.00 /);
  });

  test('a pivot has its second dimension side by side', () => {
    const summary = summarize(sideOf(now), {by: ['model', 'project'], metric: cost});
    expect(summaryText(summary, title, plain)).toEqual([
      'Cost by model and project, 2026-10-01 → 2026-10-31',
      '',
      'model           Search      Voice      total',
      'gpt-5.4      $1,234.50  $0.000043  $1,234.50',
      'o4-mini         $20.00                $20.00',
      'total        $1,254.50  $0.000043  $1,254.50',
      'unaccounted                            $0.00',
    ]);
  });

  test('what does not fit side by side is added up', () => {
    const summary = summarize(sideOf(now), {by: ['model', 'project'], metric: cost});
    expect(summaryText(summary, title, {...plain, width: 34}).slice(2)).toEqual([
      '',
      'model           2 more      total',
      'gpt-5.4      $1,234.50  $1,234.50',
      'o4-mini         $20.00     $20.00',
      'total        $1,254.50  $1,254.50',
      'unaccounted                 $0.00',
    ]);
  });

  test('changes say what they were before, and what is new or gone', () => {
    const summary = summarizeChanges(sideOf(now), sideOf(before), {by: ['model'], metric: cost});
    expect(summaryText(summary, comparing, plain)).toEqual([
      'Cost +10 %',
      'Cost by model, 2026-10-01 → 2026-10-31 against 2026-09-01 → 2026-09-30',
      '',
      'model             cost     before    change      %',
      'gpt-5.4      $1,234.50  $1,000.00  +$234.50  +23 %',
      'tts-1            $0.00     $30.00   -$30.00   gone',
      'o4-mini         $20.00      $0.00   +$20.00    new',
      'total        $1,254.50  $1,030.00  +$224.50  +22 %',
      'unaccounted      $0.00      $0.00     $0.00',
    ]);
  });

  test('changes of two dimensions stand inside one another', () => {
    const summary = summarizeChanges(sideOf(now), sideOf(before), {by: ['project', 'model'], metric: cost});
    expect(summaryText(summary, comparing, plain).slice(4)).toEqual([
      'project               cost     before        change        %',
      'Search       $1,254.50      $1,000.00  +$254.50        +25 %',
      '  gpt-5.4    $1,234.50      $1,000.00  +$234.50        +23 %',
      '  o4-mini       $20.00          $0.00   +$20.00          new',
      'Voice            $0.000043     $30.00   -$30.00      -99.9 %',
      '  tts-1          $0.00         $30.00   -$30.00         gone',
      '  gpt-5.4        $0.000043      $0.00    +$0.000043      new',
      'total        $1,254.50      $1,030.00  +$224.50        +22 %',
      'unaccounted      $0.00          $0.00     $0.00',
    ]);
  });

  test('the difference of two shares is in points', () => {
    const shares = (cachedTokens: number) =>
      sideOf(
        datasetOf([
          ['model', ['a']],
          ['input_tokens', [1000]],
          ['input_cached_tokens', [cachedTokens]],
        ]),
      );
    const summary = summarizeChanges(shares(305), shares(250), {by: ['model'], metric: cached});
    expect(summaryText(summary, comparing, plain).slice(3)).toEqual([
      'model  cached share  before       change      %',
      'a              31 %    25 %  +5.5 points  +22 %',
      'total          31 %    25 %  +5.5 points  +22 %',
    ]);
  });

  test('names from outside do no harm and are cut, in columns and lines', () => {
    const long = 'a name that is longer than any terminal is wide, whoever had the idea to give it to a project';
    const hostile = costs(
      ['\u001b[2J\u202egpt', long, 3],
      ['漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字', 'line\nbreak', 2],
    );
    for (const by of [['model'], ['project'], ['model', 'project'], ['project', 'model']] as const) {
      for (const width of [40, 80]) {
        const texts = [
          summaryText(summarize(sideOf(hostile), {by, metric: cost}), title, {width, isAscii: false}),
          summaryText(summarizeChanges(sideOf(hostile), sideOf(before), {by, metric: cost}), title, {
            width,
            isAscii: false,
          }),
        ];
        for (const line of texts.flat()) {
          expect(line).not.toMatch(/[\p{Cc}\p{Cf}]/u);
          expect(widthOf(line), line).toBeLessThanOrEqual(width);
        }
      }
    }
  });

  test('plain characters are all it takes where there are no others', () => {
    const long = costs(['a model with a name that is far too long for this', 'Search', 1]);
    const summary = summarizeChanges(sideOf(long), sideOf(before), {by: ['model'], metric: cost});
    const text = summaryText(summary, {...comparing, headline: undefined}, {width: 50, isAscii: true}).join('\n');
    expect(text).toMatch(/^[\x20-\x7e\n]+$/);
    expect(text).toContain('2026-10-01 -> 2026-10-31');
  });

  test('nothing is a heading and no total', () => {
    const none = summarize({dataset: now, rows: new Uint32Array(0)}, {by: ['model'], metric: cost});
    expect(summaryText(none, title, plain).slice(2)).toEqual(['model  cost  share']);
  });
});
