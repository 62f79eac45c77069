import process from 'node:process';
import {beforeEach, describe, expect, onTestFinished, test} from 'vitest';
import {ApiError, type FailureReason} from '../../source/api/errors.ts';
import {type Job, Pace, type PaceOptions} from '../../source/usage/pace.ts';
import {failure} from '../helpers/chains.ts';
import {ManualClock, NOON, settle} from '../helpers/manual-clock.ts';

const failed = (reason: FailureReason, retryAfter?: number) =>
  new ApiError({
    reason,
    subject: 'images',
    what: `failed as ${reason}`,
    next: 'Try again.',
    ...(retryAfter !== undefined && {retryAfter}),
  });
const refused = (retryAfter?: number) => failed('rate-limited', retryAfter);

type Sent = {readonly lane: string; answer(value?: unknown): void; fail(error: Error): void};

/** A pace whose requests wait for the test to answer them. */
function setUp(more: Partial<PaceOptions> = {}) {
  const clock = new ManualClock();
  const controller = new AbortController();
  const pace = new Pace({ceiling: 64, clock, random: () => 1, signal: controller.signal, ...more});
  const sent: Sent[] = [];
  const outcomes: string[] = [];
  const run = (lane = 'images', job: Partial<Job<unknown>> = {}): Promise<unknown> => {
    const running = pace.run({
      lane,
      signal: controller.signal,
      task: () => new Promise((answer, fail) => sent.push({lane, answer, fail})),
      ...job,
    });
    running.then(
      () => outcomes.push('done'),
      (error: unknown) => outcomes.push(error instanceof ApiError ? error.reason : 'bug'),
    );
    return running;
  };
  /** Takes the requests that are under way. */
  const take = async (): Promise<Sent[]> => {
    await settle();
    return sent.splice(0);
  };
  /** Answers all that come, until none comes any more. */
  const answerAll = async (): Promise<void> => {
    for (let batch = await take(); batch.length > 0; batch = await take()) for (const each of batch) each.answer();
  };
  return {clock, controller, pace, run, take, answerAll, outcomes};
}

beforeEach(() => {
  const unhandled: unknown[] = [];
  const listener = (reason: unknown) => unhandled.push(reason);
  process.on('unhandledRejection', listener);
  onTestFinished(async () => {
    await settle();
    process.off('unhandledRejection', listener);
    expect(unhandled).toEqual([]);
  });
});

describe('requests at once', () => {
  test('are sent in the order in which they came, those of a higher rank before', async () => {
    const {run, take} = setUp({ceiling: 1});
    for (const lane of ['images', 'costs', 'embeddings']) run(lane);
    run('users', {rank: 1});
    const order: string[] = [];
    for (let batch = await take(); batch.length > 0; batch = await take()) {
      for (const each of batch) {
        order.push(each.lane);
        each.answer();
      }
    }
    expect(order).toEqual(['images', 'users', 'costs', 'embeddings']);
  });

  test('are 32, then twice as many when a round went well, up to the ceiling', async () => {
    const {run, take, pace} = setUp();
    for (let number = 0; number < 300; number++) run();
    const first = await take();
    expect(first).toHaveLength(32);
    for (const each of first) each.answer();
    expect(await take()).toHaveLength(64);
    expect(pace.limit).toBe(64);
  });

  test('are never more than the ceiling', async () => {
    const {run, take} = setUp({ceiling: 3});
    for (let number = 0; number < 20; number++) run();
    for (let round = 0; round < 4; round++) {
      const batch = await take();
      expect(batch).toHaveLength(3);
      for (const each of batch) each.answer();
    }
  });

  test('are half as many after a burst of refusals, however many came at once', async () => {
    const {run, take, pace, clock} = setUp();
    for (let number = 0; number < 100; number++) run();
    for (const each of await take()) each.fail(refused(1000));
    await settle();
    expect(pace.limit).toBe(16);
    await clock.advance(1000);
    expect(await take()).toHaveLength(16);
  });

  test('are half as many again when the next round is refused too', async () => {
    const {run, take, pace, clock} = setUp();
    for (let number = 0; number < 100; number++) run(`lane ${number}`);
    for (const limit of [16, 8, 4, 2, 1, 1]) {
      for (const each of await take()) each.fail(refused(1000));
      await settle();
      expect(pace.limit).toBe(limit);
      await clock.advance(1000);
    }
  });

  test('grow by one a round after a refusal', async () => {
    const {run, take, pace, clock} = setUp();
    for (let number = 0; number < 100; number++) run();
    for (const each of await take()) each.fail(refused(1000));
    await clock.advance(1000);
    for (const each of await take()) each.answer();
    await settle();
    expect(pace.limit).toBe(17);
  });

  test('do not shrink for a straggler of a burst that is over', async () => {
    const {run, take, pace, clock} = setUp();
    run();
    run();
    const [quick, slow] = await take();
    quick?.fail(refused(1000));
    await clock.advance(1000);
    expect(pace.limit).toBe(16);
    slow?.fail(refused(1000));
    await settle();
    expect(pace.limit).toBe(16);
  });
});

describe('a refusal (429)', () => {
  test('holds everything until Retry-After, of every endpoint', async () => {
    const {run, take, clock} = setUp();
    run('images');
    run('costs');
    const [image, cost] = await take();
    image?.fail(refused(20_000));
    await settle();
    cost?.answer();
    run('users');
    await clock.advance(19_999);
    expect(await take()).toEqual([]);
    await clock.advance(1);
    expect((await take()).map(({lane}) => lane)).toEqual(['images', 'users']);
  });

  test('sends nothing in the place it leaves', async () => {
    const {run, take} = setUp({ceiling: 1});
    run('images');
    run('costs');
    (await take())[0]?.fail(refused(20_000));
    expect(await take()).toEqual([]);
  });

  test('holds for the longest of several', async () => {
    const {run, take, clock} = setUp();
    run('images');
    run('costs');
    const [image, cost] = await take();
    image?.fail(refused(20_000));
    cost?.fail(refused(5000));
    await clock.advance(19_999);
    expect(await take()).toEqual([]);
    await clock.advance(1);
    expect(await take()).toHaveLength(2);
  });

  test('is waited out longer when a later one asks for more', async () => {
    const {run, take, clock} = setUp();
    run('images');
    run('costs');
    const [image, cost] = await take();
    image?.fail(refused(5000));
    await clock.advance(4000);
    cost?.fail(refused(5000));
    await clock.advance(4999);
    expect(await take()).toEqual([]);
    await clock.advance(1);
    expect(await take()).toHaveLength(2);
  });

  test('without Retry-After is backed off from: a second, doubling, with jitter, at most a minute', async () => {
    for (const [drawn, waits] of [
      [1, [1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]],
      [0.5, [500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]],
    ] as const) {
      const {run, take, clock} = setUp({random: () => drawn});
      run();
      for (const wait of waits) {
        const [each] = await take();
        each?.fail(refused());
        await clock.advance(wait - 1);
        expect(await take()).toEqual([]);
        await clock.advance(1);
      }
    }
  });

  test.each([undefined, 0])('of the least jitter and Retry-After %s does not spin', async retryAfter => {
    const {run, take, clock} = setUp({random: () => 0});
    run();
    (await take())[0]?.fail(refused(retryAfter));
    await clock.advance(99);
    expect(await take()).toEqual([]);
    await clock.advance(1);
    expect(await take()).toHaveLength(1);
  });

  test('for less than a minute is waited out, however often it comes', async () => {
    const {run, take, clock, outcomes} = setUp();
    run();
    for (let second = 0; second < 59; second++) {
      (await take())[0]?.fail(refused(1000));
      await clock.advance(1000);
    }
    (await take())[0]?.answer();
    await settle();
    expect(outcomes).toEqual(['done']);
  });

  test('for more than ten minutes is given up, however seldom it comes', async () => {
    const {run, take, clock, outcomes} = setUp();
    run();
    for (let round = 0; round < 4; round++) {
      (await take())[0]?.fail(refused(240_000));
      await clock.advance(240_000);
    }
    expect(outcomes).toEqual(['rate-limited']);
  });

  test('over five minutes fails at once and holds nobody', async () => {
    const {run, take, outcomes, clock} = setUp();
    run('images');
    run('costs');
    const [image, cost] = await take();
    image?.fail(refused(300_001));
    await settle();
    expect(outcomes).toEqual(['rate-limited']);
    cost?.answer();
    run('users');
    expect(await take()).toHaveLength(1);
    expect(clock.sleeps).toEqual([]);
  });

  test('of just five minutes is waited out', async () => {
    const {run, take, clock} = setUp();
    run();
    (await take())[0]?.fail(refused(300_000));
    await clock.advance(300_000);
    expect(await take()).toHaveLength(1);
  });

  test('does not count as a retry: five failures are still allowed after it', async () => {
    const {run, take, clock, outcomes} = setUp();
    run();
    for (const error of [refused(), failed('server'), refused(), failed('server'), refused(), failed('network')]) {
      (await take())[0]?.fail(error);
      await clock.advance(60_000);
    }
    (await take())[0]?.answer();
    await settle();
    expect(outcomes).toEqual(['done']);
  });

  test('for ever ends its endpoint after a bounded number, while the others finish', async () => {
    const {run, take, clock, outcomes} = setUp();
    const hopeless = [1, 2, 3].map(() => failure(run('images')));
    for (let number = 0; number < 40; number++) run('costs');
    let refusals = 0;
    for (let round = 0; round < 100; round++) {
      const batch = await take();
      if (batch.length === 0) break;
      for (const {lane, fail, answer} of batch) {
        if (lane === 'costs') answer();
        else {
          refusals++;
          fail(refused(1000));
        }
      }
      await clock.advance(1000);
    }
    expect((await Promise.all(hopeless)).map(({reason}) => reason)).toEqual(Array(3).fill('rate-limited'));
    expect(outcomes.filter(outcome => outcome === 'done')).toHaveLength(40);
    expect(refusals).toBeLessThan(100);
  });

  test('of everybody for ever ends all of them as soon as one', async () => {
    const {run, take, clock, outcomes} = setUp();
    for (let lane = 0; lane < 15; lane++) for (let number = 0; number < 6; number++) run(`lane ${lane}`);
    for (let round = 0; round < 400 && outcomes.length < 90; round++) {
      const batch = await take();
      for (const each of batch) each.fail(refused());
      if (batch.length === 0) await clock.advance(1000);
    }
    expect(outcomes).toEqual(Array(90).fill('rate-limited'));
    expect(clock.now() - NOON).toBeLessThan(200_000);
  });

  test('is forgotten when the endpoint answers again', async () => {
    const {run, take, clock, outcomes} = setUp();
    for (let number = 0; number < 5; number++) {
      run('images');
      for (let round = 0; round < 7; round++) {
        (await take())[0]?.fail(refused(1000));
        await clock.advance(1000);
      }
      (await take())[0]?.answer();
    }
    await settle();
    expect(outcomes).toEqual(Array(5).fill('done'));
  });

  test('is told when it begins, with its reason, and when it is over', async () => {
    const holds: unknown[] = [];
    const {run, take, clock} = setUp({onHold: (until, error) => holds.push([until, error?.what])});
    run();
    (await take())[0]?.fail(refused(2000));
    await clock.advance(2000);
    expect(holds).toEqual([
      [NOON + 2000, 'failed as rate-limited'],
      [undefined, undefined],
    ]);
  });
});

describe('a failure', () => {
  test.each<FailureReason>(['server', 'network', 'timeout', 'unreadable'])(
    'as %s is tried again five times, a second doubling, then it is the last one’s error',
    async reason => {
      const {run, take, clock} = setUp();
      const running = failure(run());
      for (const wait of [1000, 2000, 4000, 8000, 16_000]) {
        (await take())[0]?.fail(failed(reason));
        await clock.advance(wait - 1);
        expect(await take()).toEqual([]);
        await clock.advance(1);
      }
      (await take())[0]?.fail(failed(reason));
      expect(await running).toMatchObject({reason, tries: 6});
      expect(await take()).toEqual([]);
    },
  );

  test.each<FailureReason>(['rejected', 'unauthorized', 'forbidden', 'not-found', 'redirect', 'cursor'])(
    'as %s is not tried again',
    async reason => {
      const {run, take, clock} = setUp();
      const running = failure(run());
      (await take())[0]?.fail(failed(reason));
      expect(await running).toMatchObject({reason, tries: 1});
      expect(clock.sleeps).toEqual([]);
    },
  );

  test('that is a bug comes out as it is', async () => {
    const {run, take} = setUp();
    const running = run();
    const bug = new TypeError('x is not a function');
    (await take())[0]?.fail(bug);
    await expect(running).rejects.toBe(bug);
  });

  test('gives its place to another while it waits', async () => {
    const {run, take, outcomes} = setUp({ceiling: 1});
    run('images');
    run('costs');
    (await take())[0]?.fail(failed('server'));
    const [next] = await take();
    expect(next?.lane).toBe('costs');
    next?.answer();
    await settle();
    expect(outcomes).toEqual(['done']);
  });

  test('goes before what was not tried yet', async () => {
    const {run, take, clock} = setUp({ceiling: 1});
    for (const lane of ['images', 'costs', 'users', 'projects']) run(lane);
    (await take())[0]?.fail(failed('server'));
    const [costs] = await take();
    await clock.advance(1000);
    costs?.answer();
    expect((await take()).map(({lane}) => lane)).toEqual(['images']);
  });

  test('is told with its reason and the time of the next attempt, and each attempt is', async () => {
    const retries: unknown[] = [];
    let attempts = 0;
    const {run, take, clock} = setUp();
    run('images', {onRetry: (until, {reason}) => retries.push([until, reason]), onAttempt: () => attempts++});
    (await take())[0]?.fail(failed('timeout'));
    await clock.advance(1000);
    (await take())[0]?.answer();
    expect(retries).toEqual([[NOON + 1000, 'timeout']]);
    expect(attempts).toBe(2);
  });

  test('does not slow the others down', async () => {
    const {run, take, pace} = setUp();
    run();
    (await take())[0]?.fail(failed('server'));
    await settle();
    expect(pace.limit).toBe(32);
  });
});

describe('an abort', () => {
  test('ends everything at once: what waits, what is under way, what backs off, what is held', async () => {
    const {run, take, controller, outcomes, clock} = setUp({ceiling: 3});
    for (let number = 0; number < 10; number++) run();
    const [first, second] = await take();
    first?.fail(failed('server'));
    await settle();
    second?.fail(refused(60_000));
    await settle();
    expect(clock.sleeping).toBe(2);
    controller.abort();
    await settle();
    expect(outcomes).toEqual(Array(10).fill('stopped'));
    expect(clock.sleeping).toBe(0);
  });

  test('of one job leaves the others alone', async () => {
    const {run, take, answerAll, outcomes} = setUp({ceiling: 1});
    const mine = new AbortController();
    run('costs', {signal: mine.signal});
    run('images');
    await take();
    mine.abort();
    await answerAll();
    expect(outcomes).toEqual(['stopped', 'done']);
  });

  test('beforehand sends nothing', async () => {
    const {run, take, controller, outcomes} = setUp();
    controller.abort();
    run();
    expect(await take()).toEqual([]);
    expect(outcomes).toEqual(['stopped']);
  });

  test('lets what failed at the same moment be stopped, not failed', async () => {
    const {run, take, controller} = setUp();
    const running = failure(run());
    const [each] = await take();
    each?.fail(failed('network'));
    controller.abort();
    expect(await running).toMatchObject({reason: 'stopped'});
  });

  test('tells that nothing is held any more', async () => {
    const holds: unknown[] = [];
    const {run, take, controller} = setUp({onHold: until => holds.push(until)});
    run();
    (await take())[0]?.fail(refused(60_000));
    await settle();
    controller.abort();
    await settle();
    expect(holds).toEqual([NOON + 60_000, undefined]);
  });
});
