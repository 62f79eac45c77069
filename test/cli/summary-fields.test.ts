import {describe, expect, test} from 'vitest';
import {runHere, temporaryFolder} from '../helpers/program.ts';
import {serveScript} from '../helpers/script-server.ts';
import {environment} from './summaries.ts';

/** Summaries of one day whose costs and completions are these. */
async function summariesOf(results: {readonly costs?: readonly object[]; readonly completions?: readonly object[]}) {
  const day = Date.UTC(2026, 9, 1) / 1000;
  const server = await serveScript(({path}) => {
    const mine = path.endsWith('/costs')
      ? results.costs
      : path.endsWith('/completions')
        ? results.completions
        : undefined;
    if (mine === undefined) return {object: 'list', data: [], has_more: false};
    const bucket = {object: 'bucket', start_time: day, end_time: day + 86_400, results: mine};
    return {object: 'page', data: [bucket], has_more: false, next_page: null};
  });
  const folder = temporaryFolder();
  const endpoints = Object.keys(results).join(',');
  const asked = ['--start', '2026-10-01', '--end', '2026-10-01', '--endpoints', endpoints, '--base-url', server.url];
  return (...argv: readonly string[]) => runHere(['summary', ...asked, ...argv], {folder, environment});
}

const cost = (value: number, currency: string | null, project_id: string) => ({amount: {value, currency}, project_id});

describe('costs in several currencies', () => {
  test('are never added up', async () => {
    const summary = await summariesOf({
      costs: [cost(10, 'usd', 'proj_a'), cost(7, 'eur', 'proj_a'), cost(2, 'usd', 'proj_b')],
    });
    const main = await summary();
    expect(main.stdout).toBe(
      [
        'project,rows,cost_usd,currency,share,unaccounted_rows,unaccounted',
        'proj_a,1,10,usd,0.8333333333333334,1,10',
        'proj_b,1,2,usd,0.16666666666666666,1,2\n',
      ].join('\n'),
    );
    expect(main.stderr).toBe('This is the cost (USD) alone; currencies are not added up: --metric cost_eur.\n');
    const other = await summary('--metric', 'cost_eur', '--format', 'text');
    expect(other.stdout).toBe(
      [
        'Cost (EUR) by project, 2026-10-01 → 2026-10-01',
        '',
        'project           cost (EUR)  share',
        '(no name) proj_a    7.00 EUR  100 %',
        'total               7.00 EUR  100 %',
        'unaccounted         7.00 EUR  100 %',
        '',
        'unaccounted: 1 of 1 row',
        '  1 unnamed project\n',
      ].join('\n'),
    );
    expect(other.stderr).toBe('');
  });

  test('are all taken by the names that are printed, whatever the API calls them', async () => {
    const costs = [cost(10, 'usd', 'a'), cost(1, 'usd', 'a'), cost(7, null, 'b'), cost(5, 'US$;\u001b', 'c')];
    const summary = await summariesOf({costs});
    const {stderr} = await summary();
    expect(stderr).toBe(
      "This is the cost (USD) alone; currencies are not added up: --metric cost_other, --metric 'cost_us$;␛'.\n",
    );
    const without = await summary('--metric', 'cost_other');
    expect(without).toMatchObject({code: 0, stdout: expect.stringMatching(/^project,rows,cost_other,.*\nb,1,7,/)});
    const odd = await summary('--metric', 'cost_us$;␛');
    expect(odd).toMatchObject({code: 0, stdout: expect.stringMatching(/\nc,1,5,/)});
  });
});

describe('a field that no documentation knows', () => {
  const completions = [
    {input_tokens: 5, region: 'eu', novel_score: 2},
    {input_tokens: 9, region: 'us', novel_score: 3},
  ];

  test('is a dimension or a metric by its name', async () => {
    const summary = await summariesOf({completions});
    const {code, stderr, stdout} = await summary('--by', 'region', '--metric', 'novel_score');
    expect({code, stderr}).toEqual({code: 0, stderr: ''});
    expect(stdout).toBe('region,rows,novel_score,share\nus,1,3,0.6\neu,1,2,0.4\n');
  });

  test.each([
    [['--by', 'novel_score'], '--by "novel_score" is unknown: this data has endpoint, day, region.'],
    [['--by', 'region,planet'], '--by "planet" is unknown: this data has endpoint, day, region.'],
    [['--metric', 'region'], '--metric "region" is unknown: this data has tokens, input_tokens, novel_score.'],
  ])('and is refused where there is none, with what there is: %j', async (argv, sentence) => {
    const summary = await summariesOf({completions});
    expect(await summary(...argv)).toEqual({code: 2, stdout: '', stderr: `openai-usage: ${sentence}\n`});
  });
});
