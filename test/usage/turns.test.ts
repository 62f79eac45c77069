import {setImmediate as nextTurn} from 'node:timers/promises';
import {expect, test} from 'vitest';
import {inTurns} from '../../source/usage/turns.ts';

function* counting(steps: number, onStep: () => void) {
  for (let step = 0; step < steps; step++) {
    onStep();
    yield;
  }
  return 'done';
}

test('work that takes long lets others have their turn, and ends with its result', async () => {
  let moment = 0;
  let steps = 0;
  const working = inTurns(
    counting(100, () => {
      steps++;
      moment += 3;
    }),
    () => moment,
  );
  await nextTurn();
  expect(steps).toBeLessThan(100);
  expect(await working).toBe('done');
  expect(steps).toBe(100);
});

test('work that takes no time takes no turn', async () => {
  let isOver = false;
  const working = inTurns(
    counting(100, () => {}),
    () => 0,
  ).then(() => {
    isOver = true;
  });
  await Promise.resolve();
  await Promise.resolve();
  expect(isOver).toBe(true);
  await working;
});
