import {describe, expect, test} from 'vitest';
import {tableOf} from '../../../source/ui/state/exporting.ts';
import {anOutcome} from '../../helpers/fake-connection.ts';
import {datasetOf} from '../../view/datasets.ts';
import {play, resultsOf, showing, typing} from './playing.ts';

const dataset = datasetOf([
  {model: 'c', project_name: 'Search'},
  {model: 'a', project_name: 'Search'},
  {model: 'b', project_name: 'Search'},
]);

const table = showing(anOutcome({dataset}));
const sorted = play(table, 'sort');
const filter = (state: typeof table, text: string) => resultsOf(play(typing(play(state, 'filter'), text), 'accept'));

describe('all rows', () => {
  test('are written as they are sorted', () => {
    expect(tableOf(resultsOf(sorted), 'rows').rows).toEqual(Uint32Array.of(1, 2, 0));
  });

  test('are written so under a filter that keeps them all, and under one that does not', () => {
    expect(tableOf(filter(sorted, 'search'), 'rows').rows).toEqual(Uint32Array.of(1, 2, 0));
    expect(tableOf(filter(sorted, '= c'), 'rows').rows).toEqual(Uint32Array.of(1, 2, 0));
  });

  test('are written in the order of the dataset where nothing is sorted', () => {
    expect(tableOf(filter(table, '= c'), 'rows')).toEqual({dataset});
  });
});

test('the shown rows are those the filters leave, sorted', () => {
  expect(tableOf(filter(sorted, '! a'), 'filtered').rows).toEqual(Uint32Array.of(2, 0));
});
