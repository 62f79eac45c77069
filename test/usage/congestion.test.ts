import {describe, expect, test} from 'vitest';
import {afterRefusal, afterSuccess, type Congestion, startCongestion} from '../../source/usage/congestion.ts';

const afterSuccesses = (state: Congestion, count: number) =>
  Array.from({length: count}).reduce<Congestion>(afterSuccess, state);

describe('how many requests at once', () => {
  test('32 to begin with, or the ceiling', () => {
    expect(startCongestion(64).limit).toBe(32);
    expect(startCongestion(5).limit).toBe(5);
  });

  test('twice as many after a round of successes, to the ceiling', () => {
    const start = startCongestion(100);
    expect(afterSuccesses(start, 31).limit).toBe(32);
    expect(afterSuccesses(start, 32).limit).toBe(64);
    expect(afterSuccesses(start, 32 + 64).limit).toBe(100);
    expect(afterSuccesses(start, 5000).limit).toBe(100);
  });

  test('half as many after a refusal, never none', () => {
    expect(afterRefusal(startCongestion(64)).limit).toBe(16);
    expect(afterRefusal(startCongestion(3)).limit).toBe(1);
    expect(afterRefusal(startCongestion(1)).limit).toBe(1);
  });

  test('one more a round after the first refusal, for good', () => {
    const refused = afterRefusal(startCongestion(64));
    expect(afterSuccesses(refused, 15).limit).toBe(16);
    expect(afterSuccesses(refused, 16).limit).toBe(17);
    expect(afterSuccesses(refused, 16 + 17).limit).toBe(18);
    expect(afterSuccesses(refused, 100_000).limit).toBe(64);
  });

  test('a round begins anew with a refusal', () => {
    const almost = afterSuccesses(startCongestion(64), 31);
    expect(afterSuccesses(afterRefusal(almost), 15).limit).toBe(16);
  });
});
