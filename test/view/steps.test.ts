import {expect, test} from 'vitest';
import type {Metric} from '../../source/view/metrics.ts';
import {stepLabel, stepsOf} from '../../source/view/steps.ts';
import {THREE_DAYS} from './datasets.ts';

const requests: Metric = {name: 'requests', label: 'requests', kind: 'count', columns: ['num_model_requests']};
const cost: Metric = {name: 'cost', label: 'cost', kind: 'money', columns: ['amount']};

test('daily buckets make a step of each day, the last included', () => {
  const steps = stepsOf(THREE_DAYS, '1d', requests);
  expect([0, steps.count - 1].map(index => stepLabel(steps, index))).toEqual(['2026-10-01', '2026-10-03']);
});

test('buckets of hours and minutes make a step of each hour', () => {
  const steps = stepsOf(THREE_DAYS, '1m', requests);
  expect(steps.count).toBe(72);
  expect([0, 71].map(index => stepLabel(steps, index))).toEqual(['2026-10-01T00:00Z', '2026-10-03T23:00Z']);
});

test('money is always by day: costs are daily', () => {
  expect(stepsOf(THREE_DAYS, '1h', cost)).toMatchObject({unit: 'day', count: 3});
});
