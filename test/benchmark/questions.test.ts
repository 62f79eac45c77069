import {expect, test} from 'vitest';
import {setUpFetch} from '../usage/fetching.ts';
import {rowObjects} from './naive.ts';
import {questionsFor, unremembered} from './questions.ts';

test('what the views are compared with gives the same answers as they do', async () => {
  const {run} = await setUpFetch();
  const {dataset} = (await run()).outcome;
  const rows = rowObjects(dataset);
  expect(rows.length).toBeGreaterThan(1000);
  const questions = questionsFor(dataset);
  expect(questions.filter(({agree}) => !agree(dataset, rows)).map(({what}) => what)).toEqual([]);
  // Of other rows the answers are others, but for what is in none of them.
  const others = rows.slice(1);
  expect(questions.filter(({agree}) => agree(dataset, others)).map(({what}) => what)).toEqual([
    'search for a text that is not there',
    'search for digits that are not there',
  ]);
});

test('each run asks a dataset of which nothing is remembered, and which holds the same', async () => {
  const {run} = await setUpFetch();
  const {dataset} = (await run()).outcome;
  const fresh = unremembered(dataset);
  expect(fresh).toEqual(dataset);
  expect(fresh).not.toBe(dataset);
  for (const [index, column] of fresh.columns.entries()) {
    const own = dataset.columns[index];
    if (column.kind !== 'number' && own?.kind !== 'number') expect(column.dictionary).not.toBe(own?.dictionary);
  }
});
