import {describe, expect, test} from 'vitest';
import {endpointLine, type FetchLineOptions, listLine} from '../../source/ui/fetch-lines.ts';
import {fetchSummary, summaryRows, wantedFirst} from '../../source/ui/fetch-summary.ts';
import {startFetching, withProgress} from '../../source/ui/state/fetching.ts';
import {unicodeGlyphs as glyphs} from '../../source/ui/theme.ts';
import type {EndpointProgress} from '../../source/usage/progress.ts';
import {widthOf} from '../../source/view/width.ts';
import {aGap, anOutcome, aQuery, NOON} from '../helpers/fake-connection.ts';

const options: FetchLineOptions = {nameWidth: 11, width: 76, now: NOON, glyphs, turning: '⠋', isOver: false};

const progress: EndpointProgress = {
  kind: 'endpoint',
  endpoint: 'completions',
  state: 'fetching',
  daysDone: 150,
  daysTotal: 365,
  daysCached: 100,
  rows: 12_345,
  requests: 3,
};

const line = (part: Partial<EndpointProgress>, more: Partial<FetchLineOptions> = {}) =>
  endpointLine('completions', {...progress, ...part}, {...options, ...more});

describe('a line of the Fetch screen', () => {
  test('shows bar, days, rows and what came from the cache', () => {
    expect(line({})).toEqual({
      symbol: '⠋',
      tone: 'plain',
      text: 'completions  ███░░░░░ 150/365 days   12,345 rows  100 from cache',
    });
  });

  test('counts a wait down, with its reason', () => {
    const waiting = {waitingUntil: NOON + 11_200, waitingFor: 'the server answered 429 Too Many Requests: “slow down”'};
    expect(line(waiting, {width: 100}).text).toMatch(/ {2}429 Too Many Requests, 12 s$/);
    expect(line(waiting).text).toMatch(/ {2}429, 12 s$/);
    expect(line(waiting, {now: NOON + 11_200}).text).not.toContain('429');
    expect(line({waitingUntil: NOON + 2000, waitingFor: 'the connection was lost'}).text).toMatch(/ waits 2 s$/);
  });

  test('shows why it failed, with a mark that needs no colour', () => {
    const failed = line({state: 'failed', error: new Error('images: disk\x07 full')}, {width: 120});
    expect(failed).toMatchObject({symbol: '✗', tone: 'bad'});
    expect(failed.text).toMatch(/images: disk␇ full$/);
  });

  test('says how many days are missing in the end', () => {
    expect(line({state: 'finished', daysDone: 364}, {gap: aGap('completions'), isOver: true})).toMatchObject({
      symbol: '!',
      text: 'completions  ███████░ 364/365 days   12,345 rows  1 day missing',
    });
  });

  test('says that an endpoint was not asked', () => {
    expect(endpointLine('completions', undefined, {...options, isOver: true}).text).toBe('completions  not asked');
  });

  test('where there is little room, what holds it up goes before how far it is', () => {
    const narrow = {width: 36};
    expect(line({}, narrow).text).toBe('completions  150/365');
    expect(line({waitingUntil: NOON + 3000, waitingFor: 'the server answered 503 x'}, narrow).text).toBe(
      'completions  503, 3 s',
    );
  });

  test('a directory list says how many names it knows, or why not', () => {
    const list = {
      kind: 'directory',
      list: 'users',
      state: 'finished',
      items: 40,
      requests: 1,
      isCached: false,
    } as const;
    expect(listLine('users', list, {glyphs, turning: '⠋'})).toMatchObject({symbol: '✓', text: '40 users'});
    const error = new Error('users: no');
    expect(listLine('users', {...list, state: 'failed', error}, {glyphs, turning: '⠋'})).toMatchObject({
      symbol: '✗',
      text: 'users: users: no',
    });
    expect(listLine('users', undefined, {glyphs, turning: '⠋'}).text).toBe('users');
    const remembered = {...list, items: 0, requests: 0, isCached: true};
    expect(listLine('admin_api_keys', remembered, {glyphs, turning: '⠋'}).text).toBe('admin keys');
  });

  test('a bar has its width whatever is done', () => {
    const widths = [0, 1, 364, 365].map(daysDone => widthOf(line({daysDone, daysCached: 0}).text));
    expect(new Set(widths).size).toBe(1);
  });
});

describe('the end of a fetch', () => {
  const fetching = withProgress(
    startFetching(1, aQuery({endpoints: ['completions', 'images']}), 'reuse', NOON - 3200),
    [
      {...progress, state: 'finished', daysDone: 365},
      {...progress, endpoint: 'images', state: 'failed', rows: 1, daysDone: 0, daysCached: 0},
    ],
  );

  test('is elapsed time, requests and rows', () => {
    expect(fetchSummary(fetching, NOON, glyphs)).toEqual([{text: '3.2 s · 6 requests · 12,346 rows', tone: 'plain'}]);
  });

  test('stands still when it is over', () => {
    const ended = {...fetching, endedAt: NOON, outcome: anOutcome({gaps: [aGap('images')]})};
    expect(fetchSummary(ended, NOON + 60_000, glyphs).map(({text}) => text)).toEqual([
      '3.2 s · 6 requests · 12,346 rows',
      'Enter shows what arrived: 1 of 2 endpoints complete.',
    ]);
  });

  test('puts first what something is to be said of', () => {
    expect(wantedFirst(fetching)).toEqual(['images', 'completions']);
  });

  test('counts what is complete and what is not', () => {
    expect(summaryRows({...fetching, outcome: anOutcome({gaps: [aGap('images')]})})).toEqual([
      {endpoints: '1 complete', days: '365 of 365', 'from cache': '100', rows: '12,345', requests: '3'},
      {endpoints: '1 incomplete', days: '0 of 365', 'from cache': '0', rows: '1', requests: '3'},
    ]);
    expect(summaryRows({...fetching, outcome: anOutcome()})).toEqual([]);
  });
});
