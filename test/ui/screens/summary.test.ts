import {describe, expect, test} from 'vitest';
import {findColumn} from '../../../source/usage/dataset.ts';
import {widthOf} from '../../../source/view/width.ts';
import {aGap, fakeConnection, TODAY} from '../../helpers/fake-connection.ts';
import {showRows, startSession} from '../../helpers/session.ts';
import {sum} from '../../view/datasets.ts';
import {demoDataset} from '../../view/sides.ts';
import {summaryOutcome} from '../summaries.ts';

/** `o` and the third item of the list: the models across. */
const byModel = 'oj\r';

/** The summary of a made week. */
async function showSummary(part: Parameters<typeof showRows>[0] = {}, outcome = summaryOutcome()) {
  const session = await showRows({connection: fakeConnection(async () => outcome), ...part});
  session.type('\t');
  await session.terminal.shows(/group \d+ of/);
  return session;
}

describe('80x24', () => {
  test('Summary', async () => {
    const {terminal, type} = await showSummary();
    type('jj');
    await terminal.shows('group 3 of 4');
    expect(`\n${terminal.screen}\n`).toMatchInlineSnapshot(`
      "
       2026-11-16 → 2026-11-22 · cost by project · 4 groups
       [project]  model  endpoint  line item  day  currency
       project             cost (USD)   share
       Search               $1,234.75    77 %  █████████████████████████████▍
       Chat                   $300.00    19 %  ███████▏
      [日本語␛[31m⋅␍␊=1+1     $100.25   6.3 %] ██▍
       (none): no project     -$35.00  -2.2 %













       total  4 groups      $1,600.00   100 %
       unaccounted  1 row     -$35.00  -2.2 %  1 no project
       group 3 of 4 · 2 rows · rows with cost: 8 of 11
       Enter its rows  → dimension  m metric  o pivot  Tab rows  ? help  q quit
      "
    `);
  });

  test('Summary as a pivot', async () => {
    const {terminal, type} = await showSummary();
    type(byModel);
    await terminal.shows('cost by project and model');
    expect(`\n${terminal.screen}\n`).toMatchInlineSnapshot(`
      "
       2026-11-16 → 2026-11-22 · cost by project and model · 4 groups
       [project]  model  endpoint  line item  day  currency
       project               gpt-5.4  gpt-5.4-mini  no model      total
      [Search              $1,200.75        $34.00            $1,234.75]
       Chat                  $300.00       $0.0043              $300.00
       日本語␛[31m⋅␍␊=1+1     $80.00                  $20.25    $100.25
       (none): no project                            -$35.00    -$35.00













       total  4 groups     $1,580.75        $34.00   -$14.75  $1,600.00
       unaccounted  1 row                                       -$35.00
       group 1 of 4 · 3 rows · rows with cost: 8 of 11 · model by line item
       Enter its rows  → dimension  m metric  o pivot  Tab rows  ? help  q quit
      "
    `);
  });

  test('Summary in ASCII, where an endpoint is missing and a path is asked for', async () => {
    const outcome = summaryOutcome({gaps: [aGap('images')]});
    const {terminal, type} = startSession({ascii: true, connection: fakeConnection(async () => outcome)});
    type('\r\r');
    await terminal.shows('Enter show rows');
    type('\r');
    await terminal.shows('row 1 of');
    type('\te');
    await terminal.shows('Export to: openai_usage_2026-11-16_2026-11-22.csv|');
    expect(`\n${terminal.screen}\n`).toMatchInlineSnapshot(`
      "
       2026-11-16 -> 2026-11-22 - cost by project - 4 groups
       [project]  model  endpoint  line item  day  currency
       project             cost (USD)   share
      [Search               $1,234.75    77 %] #############################
       Chat                   $300.00    19 %  #######
       日本語␛[31m⋅␍␊=1+1     $100.25   6.3 %  ##
       (none): no project     -$35.00  -2.2 %











       total  4 groups      $1,600.00   100 %
       unaccounted  1 row     -$35.00  -2.2 %  1 no project
       1 endpoint incomplete: images - t errors - r refetch
       Export to: openai_usage_2026-11-16_2026-11-22.csv|
       group 1 of 4 - 3 rows - rows with cost: 8 of 11
       Enter accept  Esc leave
      "
    `);
  });

  test('Summary that the filters leave empty', async () => {
    const {terminal, type} = await showSummary();
    type('fnowhere');
    await terminal.shows('What is typed leaves no rows.');
    type('\r');
    await terminal.shows('The filters leave no rows.');
    expect(`\n${terminal.screen}\n`).toMatchInlineSnapshot(`
      "
       2026-11-16 → 2026-11-22 · cost by project · 0 groups
       filter: "nowhere" · 0 of 11 rows · Backspace undoes
       [project]  model  endpoint  line item  day  currency


       The filters leave no rows.

       Backspace undoes the last one, Esc all of them.














       group 0 of 0
       Enter its rows  → dimension  m metric  o pivot  Tab rows  ? help  q quit
      "
    `);
  });
});

test('200x50: Summary', async () => {
  const {terminal} = await showSummary({columns: 200, rows: 50});
  expect(`\n${terminal.screen}\n`).toMatchInlineSnapshot(`
    "
     2026-11-16 → 2026-11-22 · cost by project · 4 groups
     [project]  model  endpoint  line item  day  currency
     project             cost (USD)   share                                            per day
    [Search               $1,234.75    77 %] ██████████████████████████████▉           █▂    ▁
     Chat                   $300.00    19 %  ███████▌                                  █  ▁
     日本語␛[31m⋅␍␊=1+1     $100.25   6.3 %  ██▌                                         █  ▂
     (none): no project     -$35.00  -2.2 %







































     total  4 groups      $1,600.00   100 %                                            █▁▁▁ ▁▁
     unaccounted  1 row     -$35.00  -2.2 %  1 no project
     group 1 of 4 · 3 rows · rows with cost: 8 of 11
     Enter its rows  → dimension  m metric  o pivot  Tab rows  v chart  ? help  q quit
    "
  `);
});

describe('40x10', () => {
  test('Summary', async () => {
    const {terminal} = await showSummary({columns: 40, rows: 10});
    expect(`\n${terminal.screen}\n`).toMatchInlineSnapshot(`
      "
       cost by project · 4 groups · 2026-11-…
       [project]  model  endpoint  …
       project             cost (USD)
      [Search               $1,234.75]
       Chat                   $300.00
       日本語␛[31m⋅␍␊=1+1     $100.25
       (none): no project     -$35.00
       total  4 groups      $1,600.00
       group 1 of 4 · unaccounted -$35.00 · …
       Enter its rows  ? help  q quit
      "
    `);
  });

  test('Summary as a pivot, while a filter is typed', async () => {
    const {terminal, type} = await showSummary({columns: 40, rows: 10});
    type(`${byModel}fe`);
    await terminal.shows('Filter (project_name): e▏');
    expect(`\n${terminal.screen}\n`).toMatchInlineSnapshot(`
      "
       cost by project and model · 3 groups …
       [project]  model  endpoint  …
       project             gpt-5.4      total
      [Search            $1,200.75  $1,234.75]
       日本語␛[31m⋅␍␊=…                $20.25
       (none): no proj…               -$35.00
       total  3 groups   $1,200.75  $1,220.00
       Filter (project_name): e▏
       group 1 of 3 · unaccounted -$35.00 · …
       Enter accept  Esc leave  ↑ history
      "
    `);
  });
});

test('names from outside cannot bend the summary, nor the pivot across them', async () => {
  const {terminal, type} = await showSummary({columns: 120});
  expect(terminal.screen).toContain('日本語');
  type('l', byModel);
  await terminal.shows('cost by model and project');
  expect(terminal.screen).toContain('日本語');
  const widths = [2, 4, 5, 21].map(row => widthOf(terminal.lines[row] ?? ''));
  expect(new Set(widths).size).toBe(1);
  expect(terminal.output).not.toContain('\x1b[31m\u202e');
  expect(terminal.scrolledOff).toBe(0);
});

describe('the way', () => {
  test('into a group and back leads to the same group', async () => {
    const {terminal, type} = await showSummary();
    type('j\r');
    await terminal.shows('row 1 of 3');
    type('\x1b');
    await terminal.shows('group 2 of 4');
    type('\t');
    await terminal.shows('row 1 of 11');
  });

  test('through the dimensions shows each of them', async () => {
    const {terminal, type} = await showSummary();
    type('\x1b[C');
    await terminal.shows('project  [model]  endpoint');
    type('hh');
    await terminal.shows('[currency]');
  });

  test('to another metric leads over its name', async () => {
    const {terminal, type} = await showSummary();
    type('m');
    await terminal.shows('tokens in');
    type('jj\r');
    await terminal.shows('tokens in by project · 3 groups');
    expect(terminal.lines[3]).toMatch(/^\[Search +1,204,511 +93 %/);
  });

  test('of a copy and an export is the same as on the table', async () => {
    const saved: (readonly [string, number])[] = [];
    const {terminal, type} = await showSummary({
      save: async (path, {dataset}) => {
        saved.push([path, dataset.rowCount]);
        return {path, rows: dataset.rowCount, bytes: 100};
      },
    });
    type('y');
    await terminal.shows('Copied 1234.75, the cost of Search.');
    expect(terminal.output).toContain(Buffer.from('1234.75').toString('base64'));
    type('ex.csv\r');
    await terminal.shows('Wrote 4 rows');
    expect(saved).toEqual([['x.csv', 4]]);
  });
});

test('on the demo organization the total is the sum of the costs, and the groups are the sums of their rows', async () => {
  const dataset = await demoDataset(['costs'], {first: TODAY - 6, last: TODAY});
  const amounts = findColumn(dataset, 'amount');
  const names = findColumn(dataset, 'project_name');
  if (amounts?.kind !== 'number' || names?.kind !== 'text') throw new Error('The demo organization has no costs.');
  const {terminal} = await showSummary({}, summaryOutcome({dataset}));
  const dollars = (value: number) => value.toLocaleString('en-US', {style: 'currency', currency: 'USD'});
  expect(terminal.lines.find(line => line.startsWith(' total'))).toContain(dollars(sum(amounts.values)));
  const searched = amounts.values.filter((_, row) => names.dictionary[names.codes[row] ?? 0] === 'Search');
  expect(terminal.lines.find(line => /^.Search/.test(line))).toContain(dollars(sum(searched)));
});
