import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';

type Locked = {
  readonly resolved?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
};

const lock: {packages: Record<string, Locked>} = JSON.parse(
  readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'),
);

test('the lock holds the packages of every platform: npm ci refuses one that lacks any', () => {
  const wanted = Object.values(lock.packages).flatMap(({optionalDependencies = {}}) =>
    Object.keys(optionalDependencies),
  );
  expect(wanted.length).toBeGreaterThan(30);
  expect(wanted.filter(name => lock.packages[`node_modules/${name}`] === undefined)).toEqual([]);
});

test('the lock names no registry', () => {
  expect(Object.values(lock.packages).flatMap(({resolved}) => resolved ?? [])).toEqual([]);
});
