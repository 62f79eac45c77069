import {expect, test} from 'vitest';
import {ApiError} from '../../source/api/errors.ts';
import {errorReport} from '../../source/ui/error-report.ts';

const error = new ApiError({
  reason: 'server',
  subject: 'images',
  what: 'the server answered 500: “\x1b]0;evil\x07”',
  next: 'Try again.',
  asked: {method: 'GET', path: 'organization/usage/images', query: 'limit=31'},
  status: 500,
  cause: new Error('socket hang up'),
});
error.tries = 6;

test('an error is told in full: what was asked, the answer, the attempts', () => {
  expect(errorReport([error], 80).slice(0, 4)).toEqual([
    'images: the server answered 500: “␛]0;evil␇”. Try again.',
    '  GET organization/usage/images?limit=31',
    '  status 500, 6 attempts',
    '  caused by socket hang up',
  ]);
});

test('with its stack, for whoever reports it', () => {
  expect(errorReport([error], 200)[4]).toMatch(/^ {2}at .*error-report\.test\.ts/);
});

function withoutStack(message: string): Error {
  const plain = new Error(message);
  plain.stack = '';
  return plain;
}

test('several are set apart, and one that is not the API’s has no more than its sentence', () => {
  expect(errorReport([withoutStack('one'), withoutStack('two')], 80)).toEqual(['one', '', 'two']);
});
