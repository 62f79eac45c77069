import {availableParallelism} from 'node:os';
import {fileURLToPath} from 'node:url';
import {defineConfig} from 'vitest/config';

// Vitest 5's reporter groups failures with Map.groupBy, which Node 20 lacks: without it a failing test would crash the
// report instead of being shown. Nothing of ours uses it.
Map.groupBy ??= <Key, Item>(items: Iterable<Item>, keyOf: (item: Item, index: number) => Key) => {
  const groups = new Map<Key, Item[]>();
  let index = 0;
  for (const item of items) {
    const key = keyOf(item, index++);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
};

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    globalSetup: ['test/helpers/build.ts'],
    // No claim about speed: a machine may be busy with other things.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: {poll: {timeout: 30_000}},
    // Of two cores vitest would leave one to itself; and most of the long tests wait for a terminal, a server or a clock.
    maxWorkers: Math.max(3, availableParallelism()),
    // The environment of whoever runs the tests must not reach them.
    env: {OPENAI_ADMIN_KEY: '', OPENAI_BASE_URL: '', OPENAI_ORG_ID: '', NO_COLOR: '', LOG_LEVEL: '', FORCE_COLOR: '0'},
  },
});
