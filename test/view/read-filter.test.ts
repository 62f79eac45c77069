import {describe, expect, test} from 'vitest';
import type {Column} from '../../source/usage/block.ts';
import {readFilter} from '../../source/view/read-filter.ts';

const text = (name: string): Column => ({kind: 'text', name, codes: new Uint32Array(1), dictionary: ['']});
const model = text('model');
const date = text('date');
const tokens: Column = {kind: 'number', name: 'input_tokens', values: new Float64Array(1)};

const bound = (kind: 'below' | 'above', than: number | string, isOrEqual = false, column = 'input_tokens') => ({
  filter: {kind, column, than, isOrEqual},
});

test.each(['', '   ', '<', '>=', '> '])('"%s" is nothing to filter by yet', typed => {
  expect(readFilter(typed, tokens, '5')).toBeUndefined();
});

test.each([
  ['search', 'search'],
  ['  two words ', 'two words'],
  ['a=b', 'a=b'],
])('"%s" is free text', (typed, sought) => {
  expect(readFilter(typed, model, 'gpt')).toEqual({filter: {kind: 'text', text: sought}});
});

test.each([
  ['=', 'gpt', 'is', 'gpt'],
  ['!', 'gpt', 'not', 'gpt'],
  ['=', '', 'is', undefined],
  ['!', '', 'not', undefined],
  ['= o4', 'gpt', 'is', 'o4'],
  ['=o4', 'gpt', 'is', 'o4'],
  ['! o4', 'gpt', 'not', 'o4'],
  ['!= o4', 'gpt', 'not', 'o4'],
  ['= =1+1', 'gpt', 'is', '=1+1'],
])('"%s" on a cell "%s" means %s %s', (typed, cell, kind, value) => {
  expect(readFilter(typed, model, cell)).toEqual({filter: {kind, column: 'model', value}});
});

test.each([
  ['< 1000', bound('below', 1000)],
  ['>1,000', bound('above', 1000)],
  ['<= -0.25', bound('below', -0.25, true)],
  ['>= 2.5k', bound('above', 2500, true)],
  ['> 3M', bound('above', 3e6)],
  ['> 1.1G', bound('above', 1.1e9)],
])('"%s" on numbers is a bound', (typed, read) => {
  expect(readFilter(typed, tokens, '')).toEqual(read);
});

test.each(['> -', '> 1,', '> 1,00', '> 1.', '= 1,2'])('"%s" on numbers is half typed', typed => {
  expect(readFilter(typed, tokens, '')).toBeUndefined();
});

test.each([
  ['> 2026-10-05', '2026-10-05'],
  ['> 2026-10', '2026-10'],
  ['> 2026-10-05T13:00Z', '2026-10-05T13:00Z'],
])('"%s" on dates is a bound', (typed, than) => {
  expect(readFilter(typed, date, '')).toEqual(bound('above', than, false, 'date'));
});

test.each(['> 20', '> 2026-', '> 2026-1', '> 2026-10-05T1'])('"%s" on dates is half typed', typed => {
  expect(readFilter(typed, date, '')).toBeUndefined();
});

describe('a problem says what to type', () => {
  test.each([
    ['> many', tokens, '"many" is not a number, and input_tokens holds numbers: type it like > 1,000 or > 2.5k.'],
    ['= many', tokens, '"many" is not a number, and input_tokens holds numbers: type it like = 1,000 or = 2.5k.'],
    ['< 5', model, 'model holds text, which < cannot compare: type = or ! and a value, or go to a number.'],
    ['> May', date, '"May" is not a date: type it like > 2026-10-05.'],
  ])('after "%s"', (typed, column, problem) => {
    expect(readFilter(typed, column, '')).toEqual({problem});
  });

  test('and shows hostile names harmlessly', () => {
    expect(readFilter('< 5', text('a\u001b[2J'), '')).toMatchObject({problem: expect.stringMatching(/^a␛\[2J holds/)});
  });
});
