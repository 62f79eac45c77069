import {expect, test} from 'vitest';
import {nameWidth} from '../../source/ui/chooser-lines.ts';

test('names have room for the longest, be there more of them than the stack has room for', () => {
  const names = Array.from({length: 200_000}, (_, number) => `field ${number}`);
  expect(nameWidth(names, 80)).toBe('field 199999'.length);
  expect(nameWidth(names, 20)).toBe(10);
  expect(nameWidth([], 80)).toBe(0);
});
