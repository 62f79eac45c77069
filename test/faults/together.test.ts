import {createServer} from 'node:http';
import {expect, onTestFinished, test} from 'vitest';
import {ENDPOINTS} from '../../source/api/endpoints.ts';
import {InstantClock} from '../helpers/manual-clock.ts';
import {runHere, temporaryFolder} from '../helpers/program.ts';
import {sendJson} from '../helpers/script-server.ts';
import {FAULTS_OF_ENDPOINTS} from './catalogue.ts';
import {rightRows, rowsIn} from './cell.ts';
import {type Answer, DAYS, LISTS, type Question, questionOf, RANGE, serveOrganization} from './organization.ts';

const organization = await serveOrganization();
const environment = {OPENAI_ADMIN_KEY: 'sk-admin-0123456789abcdef'};
const names = ENDPOINTS.map(({name}) => name);
const places: readonly string[] = names;

function exportAll(baseUrl: string, clock = new InstantClock()) {
  const argv = ['export', ...RANGE, '--output', '-', '--all-columns', '--base-url', baseUrl];
  return runHere(
    argv,
    {folder: temporaryFolder(), environment},
    {now: clock.now, sleep: clock.sleep, random: () => 0.5},
  );
}

/** The faults that need no patience, one for every endpoint, begun at another place each time. */
const quick = FAULTS_OF_ENDPOINTS.flatMap(({does, isSlow, says, name}) =>
  typeof does === 'function' && !isSlow && says ? [{does, says, name}] : [],
);

test('without a fault every row of every endpoint is there, and named', async () => {
  const {code, stdout, stderr} = await exportAll(organization.open(() => undefined));
  expect({code, stderr}).toEqual({code: 0, stderr: ''});
  expect(rowsIn(stdout)).toEqual(rightRows(names));
});

test.each([0, 11, 22, 33, 44])(
  'every endpoint with a fault of its own (%i): each says its own, nothing is written',
  async from => {
    const faultOf = (target: string) => quick[(from + places.indexOf(target)) % quick.length];
    const {code, stdout, stderr} = await exportAll(
      organization.open(({target}) => (LISTS.some(name => name === target) ? undefined : faultOf(target)?.does)),
    );
    expect({code, stdout}).toEqual({code: 1, stdout: ''});
    for (const name of names) {
      const line = stderr.split('\n').find(each => each.split(': ')[0]?.includes(name)) ?? '';
      expect(line, name).toMatch(faultOf(name)?.says ?? /never/);
    }
    expect(stderr).toContain('Nothing was written: no endpoint could be fetched.');
  },
);

test('several faults, one after the other at every endpoint and list, pass', async () => {
  const passing = ['429 without Retry-After', '500', '200 HTML', 'dropped before', 'body cut off'].map(
    name => FAULTS_OF_ENDPOINTS.find(fault => fault.name === name)?.does,
  );
  const hits = new Map<string, number>();
  const next = ({target, page}: Question): Answer | undefined => {
    const place = `${target} ${page}`;
    const hit = hits.get(place) ?? 0;
    hits.set(place, hit + 1);
    const does = passing[hit];
    return typeof does === 'function' ? does : undefined;
  };
  const {code, stdout, stderr} = await exportAll(organization.open(next));
  expect({code, stderr}).toEqual({code: 0, stderr: ''});
  expect(rowsIn(stdout)).toEqual(rightRows(names));
});

test('a server that dies in the middle and comes back has lost nobody anything', async () => {
  let heard = 0;
  const start = (port: number) =>
    new Promise<ReturnType<typeof createServer>>(resolve => {
      const server = createServer((raw, response) => {
        const question = questionOf(new URL(raw.url ?? '/', 'http://127.0.0.1'));
        response.sendDate = false;
        // With answers still owed, and others half asked for.
        if (++heard === 20) return die(server);
        return sendJson(response, question?.right ?? {}, question ? 200 : 404);
      });
      server.listen(port, '127.0.0.1', () => resolve(server));
    });
  const die = (server: ReturnType<typeof createServer>) => {
    server.close();
    server.closeAllConnections();
  };
  const first = await start(0);
  const address = first.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  // It stays away until it has been asked for in vain, and is there again while somebody still tries.
  const clock = new InstantClock();
  let back: ReturnType<typeof createServer> | undefined;
  const folder = temporaryFolder();
  const argv = ['export', ...RANGE, '--output', '-', '--all-columns', '--base-url', `http://127.0.0.1:${port}/v1`];
  const {code, stdout, stderr} = await runHere(
    argv,
    {folder, environment},
    {
      now: clock.now,
      random: () => 0.5,
      async sleep(milliseconds) {
        await clock.sleep(milliseconds);
        if (milliseconds >= 1000 && back === undefined) {
          back = await start(port);
          const server = back;
          onTestFinished(() => die(server));
        }
      },
    },
  );
  expect({code, stderr}).toEqual({code: 0, stderr: ''});
  expect(rowsIn(stdout)).toEqual(rightRows(names));
  expect(heard).toBeGreaterThan(20 + DAYS.length);
});
