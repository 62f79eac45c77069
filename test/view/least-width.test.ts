import {expect, test} from 'vitest';
import {leastWidth} from '../../source/view/least-width.ts';
import {datasetOf} from './datasets.ts';

const dataset = datasetOf([
  {
    start_time: 1_794_787_200,
    input_cached_tokens: 1_204_511,
    amount: 1234.5,
    batch: 7,
    model: 'gpt-5.4-with-a-long-name',
  },
]);

test.each([
  ['a number without its header', 'input_cached_tokens', 9],
  ['a number never less than four', 'batch', 4],
  ['money with its decimals', 'amount', 8],
  ['a moment without separators', 'start_time', 10],
  ['text to four', 'model', 4],
])('%s', (_what, name, width) => {
  const column = dataset.columns.find(each => each.name === name);
  expect(column && leastWidth(column, dataset.rowCount)).toBe(width);
});
