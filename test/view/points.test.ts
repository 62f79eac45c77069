import {expect, test} from 'vitest';
import {alignPoints} from '../../source/view/points.ts';

test('points stand under one another, and nothing stays nothing', () => {
  const figures = alignPoints(['$1,234.50', '-$0.005967', '12', '']);
  expect(figures).toEqual(['$1,234.50    ', '-$0.005967', '12       ', '']);
  const width = Math.max(...figures.map(figure => figure.length));
  const points = figures.slice(0, 2).map(figure => figure.padStart(width).indexOf('.'));
  expect(new Set(points).size).toBe(1);
});
