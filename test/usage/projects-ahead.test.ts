import {expect, test} from 'vitest';
import {ApiError} from '../../source/api/errors.ts';
import {Pace} from '../../source/usage/pace.ts';
import {projectsAhead} from '../../source/usage/projects-ahead.ts';
import {ManualClock} from '../helpers/manual-clock.ts';

const page = {data: [{id: 'proj_1', name: 'Search'}], has_more: false};

/** The list of projects from a server that gives these answers, one after the other; a function never answers. */
function setUp(clock: ManualClock, answers: readonly unknown[]) {
  const {signal} = new AbortController();
  let asked = 0;
  const client = {
    async get() {
      const answer = answers[asked++];
      if (answer instanceof Error) throw answer;
      return typeof answer === 'function' ? new Promise(() => {}) : answer;
    },
    clockAhead: () => undefined,
  };
  const pace = new Pace({ceiling: 1, clock, random: () => 0.5, signal});
  return {ahead: projectsAhead({client, pace, clock, signal}), asked: () => asked};
}

const ids = (projects: readonly {readonly id: string}[] | undefined) => projects?.map(({id}) => id);

test('the list is there as soon as it is answered, and nobody goes on waiting: a timer would keep the program alive', async () => {
  const clock = new ManualClock();
  const {ahead} = setUp(clock, [page]);
  expect(ids(await ahead.list())).toEqual(['proj_1']);
  expect(clock.sleeping).toBe(0);
});

test('a list that does not come is waited for fifteen seconds', async () => {
  const clock = new ManualClock();
  const {ahead} = setUp(clock, [() => {}]);
  let isOver = false;
  const listed = ahead.list().finally(() => {
    isOver = true;
  });
  await clock.advance(14_999);
  expect(isOver).toBe(false);
  await clock.advance(1);
  expect(await listed).toBeUndefined();
});

test('a list that cannot be read is asked for again, as everywhere', async () => {
  const clock = new ManualClock();
  const {ahead, asked} = setUp(clock, [{data: 'none'}, page]);
  const listed = ahead.list();
  await clock.advance(1000);
  expect(ids(await listed)).toEqual(['proj_1']);
  expect(asked()).toBe(2);
});

test('who asks the same later gets the answer that came, and nobody else', async () => {
  const {ahead} = setUp(new ManualClock(), [page]);
  await ahead.list();
  const request = (limit: string) => ({
    subject: 'projects',
    path: 'organization/projects',
    query: [
      ['include_archived', 'true'],
      ['limit', limit],
    ] as const,
  });
  expect(await ahead.answered(request('100'))).toEqual(page);
  expect(ahead.answered(request('10'))).toBeUndefined();
});

test('a list that is refused is none', async () => {
  const refusal = new ApiError({reason: 'forbidden', subject: 'projects', what: 'refused', next: 'Ask.'});
  expect(await setUp(new ManualClock(), [refusal]).ahead.list()).toBeUndefined();
});
