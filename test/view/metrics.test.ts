import {describe, expect, test} from 'vitest';
import {
  findMetric,
  formatAxis,
  formatChange,
  formatMetric,
  formatShare,
  type Metric,
  metricsOf,
} from '../../source/view/metrics.ts';
import {datasetOf} from './datasets.ts';

const tokens: Metric = {name: 'tokens', label: 'tokens', kind: 'count', columns: ['input_tokens']};
const usd: Metric = {name: 'cost', label: 'cost', kind: 'money', currency: 'usd', columns: ['amount']};
const eur: Metric = {...usd, currency: 'eur'};
const share: Metric = {name: 's', label: 's', kind: 'share', columns: ['input_cached_tokens'], over: 'input_tokens'};

describe('metrics are', () => {
  test('cost first, then tokens, then the others, then what nobody has seen yet', () => {
    const row = {
      ...{start_time: 1, quantity: 3, video_frames: 4, usage_bytes: 9, num_requests: 2, num_model_requests: 1},
      ...{output_tokens: 5, input_tokens: 6, input_cached_tokens: 2, amount: 0.5, currency: 'usd'},
    };
    expect(metricsOf(datasetOf([row])).map(({name, label}) => [name, label])).toEqual([
      ['cost', 'cost'],
      ['tokens', 'tokens'],
      ['input_tokens', 'tokens in'],
      ['output_tokens', 'tokens out'],
      ['requests', 'requests'],
      ['cached_share', 'cached share'],
      ['calls', 'tool calls'],
      ['bytes', 'bytes x days'],
      ['video_frames', 'video frames'],
      ['input_cached_tokens', 'input cached tokens'],
    ]);
  });

  test('left out where no row has a value', () => {
    expect(metricsOf(datasetOf([{images: Number.NaN, seconds: 1}])).map(({name}) => name)).toEqual(['seconds']);
  });

  test('a cost for each currency, the commonest first, whatever its case', () => {
    const currencies = ['eur', 'usd', 'USD'];
    const dataset = datasetOf(currencies.map(currency => ({amount: 1, currency})));
    expect(metricsOf(dataset).map(({name, label, currency}) => [name, label, currency])).toEqual([
      ['cost_usd', 'cost (USD)', 'usd'],
      ['cost_eur', 'cost (EUR)', 'eur'],
    ]);
    expect(findMetric(dataset, 'cost')?.currency).toBe('usd');
    expect(findMetric(dataset, 'cost_eur')?.currency).toBe('eur');
  });

  test('told apart from a field that bears the name of one: cost is money', () => {
    const rows = [
      {amount: 1, currency: 'usd', cost: 7, tokens: 2, input_tokens: 3},
      {amount: 1, currency: 'eur'},
    ];
    const dataset = datasetOf(rows);
    const names = metricsOf(dataset).map(({name}) => name);
    expect(names).toEqual(['cost_usd', 'cost_eur', 'tokens', 'input_tokens', 'cost_field', 'tokens_field']);
    expect(findMetric(dataset, 'cost')).toMatchObject({kind: 'money', currency: 'usd'});
    expect(findMetric(dataset, 'cost_field')).toMatchObject({kind: 'count', columns: ['cost']});
  });

  test('found by the name of their column', () => {
    const dataset = datasetOf([{amount: 1, currency: 'usd', num_model_requests: 2, input_tokens: 3}]);
    expect(findMetric(dataset, 'amount')?.name).toBe('cost');
    expect(findMetric(dataset, 'num_model_requests')?.name).toBe('requests');
    expect(findMetric(dataset, 'images')).toBeUndefined();
  });
});

test('a change shows with its sign, of a share in points, and as nothing without one', () => {
  const changes = [
    [usd, 4210],
    [usd, -0.0393],
    [usd, 1e-17],
    [tokens, -12],
    [share, 0.0052],
    [share, -0.0001],
    [tokens, Number.NaN],
  ] as const;
  const texts = changes.map(([metric, change]) => formatChange(metric, change));
  expect(texts).toEqual(['+$4,210.00', '-$0.0393', '$0.00', '-12', '+0.5', '0.0', '']);
});

describe('a value shows as', () => {
  test.each([
    [usd, 1234.5, '$1,234.50'],
    [usd, -3.2, '-$3.20'],
    [usd, 0, '$0.00'],
    [usd, 0.5, '$0.50'],
    [usd, 0.0123, '$0.0123'],
    [usd, 0.000043, '$0.000043'],
    [usd, -0.0123456, '-$0.01235'],
    [usd, 1e-15, '$0.00'],
    [usd, 0.99999, '$1.00'],
    [eur, 1234.5, '1,234.50 EUR'],
    [{...usd, currency: 'x\u001b[31m'}, 1, '1.00 X␛[31M'],
    [tokens, 1_204_511, '1,204,511'],
    [tokens, 12.3456, '12.35'],
    [tokens, 0.00123, '0.0012'],
    [tokens, Number.NaN, ''],
    [share, 0.38, '38 %'],
    [share, 0.042, '4.2 %'],
    [share, 0.0996, '10 %'],
    [share, 0.004, '<1 %'],
    [share, 0, '0 %'],
    [share, 1, '100 %'],
  ])('%o %d: %s', (metric, value, shown) => {
    expect(formatMetric(metric, value)).toBe(shown);
  });

  test.each([
    [usd, 4210.12, '$4,210'],
    [usd, -4210.62, '-$4,211'],
    [usd, 12.5, '$12.50'],
    [usd, 0.01234, '$0.012'],
    [tokens, 4210.5, '4,211'],
  ])('%o %d, in short: %s', (metric, value, shown) => {
    expect(formatMetric(metric, value, 'short')).toBe(shown);
  });

  test.each([
    [usd, 12_500, '$12.5k'],
    [usd, 0.025, '$0.025'],
    [eur, 5, '5 EUR'],
    [tokens, 1_250_000, '1.25M'],
    [tokens, 340_000, '340k'],
    [tokens, 0, '0'],
    [share, 0.25, '25 %'],
    [share, 0.025, '2.5 %'],
  ])('%o %d, on an axis: %s', (metric, value, shown) => {
    expect(formatAxis(metric, value)).toBe(shown);
  });

  test('a share of a credit keeps its sign', () => {
    expect([formatShare(-0.042), formatShare(-0.5), formatShare(-0.001)]).toEqual(['-4.2 %', '-50 %', '>-1 %']);
  });
});
