import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {Echo} from '../../../source/ui/wire/echo.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A line that carries answers, and has been given up with two of them under way. */
function startGivenUp() {
  const onRoom = vi.fn();
  const echo = new Echo(onRoom);
  const ask = (questions: number) => {
    for (let question = 0; question < questions; question++) expect(echo.question(1024)).toBe('\x1b[5n');
  };
  const hear = (answers: number) => {
    for (let answer = 0; answer < answers; answer++) echo.answered();
  };
  const waitInVain = (milliseconds: number) => {
    onRoom.mockClear();
    expect(echo.isAwaited(0)).toBe(true);
    vi.advanceTimersByTime(milliseconds);
    expect(onRoom).toHaveBeenCalled();
    expect(echo.isAwaited(0)).toBe(false);
  };
  ask(1);
  hear(1);
  ask(2);
  waitInVain(5000);
  return {echo, ask, hear, waitInVain};
}

test('answers that come after they were given up make no room for what was sent since', () => {
  const {echo, ask, hear} = startGivenUp();
  ask(2);
  hear(2);
  expect(echo.isAwaited(0)).toBe(true);
  hear(1);
  expect(echo.isAwaited(0)).toBe(false);
});

test('answers that were given up are waited for before the shell could get them', async () => {
  const {echo, hear} = startGivenUp();
  const settled = vi.fn();
  echo.settled().then(settled);
  hear(1);
  await Promise.resolve();
  expect(settled).not.toHaveBeenCalled();
  hear(1);
  await Promise.resolve();
  expect(settled).toHaveBeenCalledOnce();
});

test('a terminal that lost answers for good is waited for once more, for a second, and then keeps up', () => {
  const {echo, ask, hear, waitInVain} = startGivenUp();
  ask(2);
  hear(2);
  waitInVain(1000);
  for (let time = 0; time < 5; time++) {
    ask(2);
    hear(2);
    expect(echo.isAwaited(0)).toBe(false);
  }
});

test('a large frame waits until nothing is unanswered, where a small one still has room', () => {
  const echo = new Echo(() => {});
  echo.question(1024);
  echo.answered();
  expect(echo.isAwaited(8000)).toBe(false);
  echo.question(1024);
  expect(echo.isAwaited(100)).toBe(false);
  expect(echo.isAwaited(1024)).toBe(true);
});

test('who wants to see the screen now waits for no answer, and late ones pay for nothing newer', () => {
  const {echo, ask, hear} = startGivenUp();
  hear(2);
  ask(2);
  expect(echo.isAwaited(0)).toBe(true);
  echo.forget();
  expect(echo.isAwaited(0)).toBe(false);
  ask(2);
  hear(2);
  expect(echo.isAwaited(0)).toBe(true);
});
