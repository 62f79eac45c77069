import {mkdirSync} from 'node:fs';
import {rm} from 'node:fs/promises';
import {join} from 'node:path';
import {beforeAll, describe, expect, test} from 'vitest';
import {ENDPOINTS} from '../../source/api/endpoints.ts';
import {type Result, sharedFolder} from '../helpers/program.ts';
import {ENDLESS_LIST, FAULTS_OF_ENDPOINTS, FAULTS_OF_LISTS, type Fault} from './catalogue.ts';
import {type Cell, endpointsOf, isList, type Place, rightRows, rowsIn, runCell} from './cell.ts';
import {faultsElsewhere} from './elsewhere.ts';
import {LISTS, serveOrganization, type Target} from './organization.ts';

const organization = await serveOrganization();
const elsewhere = await faultsElsewhere(organization.port);
const root = sharedFolder();
const places: readonly Place[] = ['first request', 'later page'];

/** Those that are tried with everything else as well: one of each kind of target. */
const varied: readonly Target[] = ['costs', 'users'];

function cellsOf(target: Target, faults: readonly Fault[]): Cell[] {
  const tried = faults.filter(({isRare}) => !isRare || varied.includes(target));
  return tried.flatMap((fault): Cell[] => [
    ...places.map(place => ({fault, target, place, often: 'always'}) as const),
    ...(fault.passes && fault.says ? [{fault, target, place: 'first request', often: 'once'} as const] : []),
  ]);
}

const nameOfCell = ({fault, place, often}: Cell): string => `${fault.name}, ${place}, ${often}`;

let folders = 0;
async function runHere(cell: Cell, onHit?: () => void): Promise<Result> {
  const folder = join(root, String(folders++));
  mkdirSync(folder);
  try {
    return await runCell(organization, cell, folder, onHit);
  } finally {
    await rm(folder, {recursive: true, force: true});
  }
}

const listNames: Partial<Record<Target, string>> = {
  users: 'users',
  projects: 'projects',
  admin_api_keys: 'admin keys',
  project_api_keys: 'API keys',
  service_accounts: 'API keys',
};

/** Right rows and nothing to say; or that target's sentence, with everything else complete. */
function expectPromise(cell: Cell, {code, stdout, stderr}: Result): void {
  const {fault, target, often} = cell;
  const endpoints = endpointsOf(cell);
  if (fault.says === undefined || often === 'once') {
    expect({stderr, code}).toEqual({stderr: '', code: 0});
    expect(rowsIn(stdout)).toEqual(rightRows(endpoints));
    return;
  }
  // Of lists that every project has, the sentence says for which.
  expect(stderr.replace(/ \(for \d of \d projects: [^)]*\)/, '')).toMatch(fault.says);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  if (isList(target)) {
    expect(stderr).toMatch(new RegExp(`^Names of ${listNames[target]} are missing: `));
    expect(code).toBe(0);
    expect(rowsIn(stdout)).toEqual(rightRows(endpoints, target));
  } else {
    expect(stderr).toMatch(new RegExp(`^${target}: .* 3 days missing \\(2026-11-01 → 2026-11-03\\)\\.$`, 'm'));
    expect(code).toBe(3);
    expect(rowsIn(stdout)).toEqual(rightRows(endpoints.filter(name => name !== target)));
  }
}

const rows = [
  ...ENDPOINTS.map(({name}) => ({target: name, cells: cellsOf(name, [...FAULTS_OF_ENDPOINTS, ...elsewhere])})),
  ...LISTS.map(name => ({target: name, cells: cellsOf(name, [...FAULTS_OF_LISTS, ...elsewhere])})),
];

describe.each(rows)('$target', ({cells}) => {
  test.each(cells.filter(({fault}) => !fault.isSlow).map(cell => [nameOfCell(cell), cell] as const))(
    '%s',
    async (_, cell) => {
      expectPromise(cell, await runHere(cell));
    },
  );
});

test.each(['users', 'project_api_keys'] as const)(
  '%s without an end are given up, and cost no row',
  async target => {
    const cell: Cell = {fault: ENDLESS_LIST, target, place: 'first request', often: 'always'};
    expectPromise(cell, await runHere(cell));
  },
  60_000,
);

describe('what takes the whole timeout', () => {
  const slow = rows.flatMap(({cells}) => cells.filter(({fault}) => fault.isSlow));
  const results = new Map<Cell, Result>();

  // Six seconds each, most of them spent waiting. One begins when the one before it waits, so that none keeps another
  // busy: an answer that is right must not come too late.
  beforeAll(async () => {
    const running: Promise<unknown>[] = [];
    for (const cell of slow) {
      await new Promise<void>(resolve => {
        running.push(
          runHere(cell, resolve).then(result => {
            results.set(cell, result);
            resolve();
          }),
        );
      });
    }
    await Promise.all(running);
  }, 180_000);

  test.each(slow.map(cell => [cell.target, nameOfCell(cell), cell] as const))('%s: %s', (_, __, cell) => {
    const result = results.get(cell);
    expect(result).toBeDefined();
    if (result) expectPromise(cell, result);
  });
});
