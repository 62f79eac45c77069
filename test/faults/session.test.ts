import {expect, test} from 'vitest';
import {sessionHere, temporaryFolder} from '../helpers/program.ts';
import {FAULTS_OF_ENDPOINTS} from './catalogue.ts';
import {type Answer, RANGE, serveOrganization} from './organization.ts';

const organization = await serveOrganization();

/** A session whose costs fail until `mend` is called, on its Fetch screen. */
async function showFault(name: string) {
  const does = FAULTS_OF_ENDPOINTS.find(fault => fault.name === name)?.does;
  let broken: Answer | undefined = typeof does === 'function' ? does : undefined;
  const baseUrl = organization.open(({target}) => (target === 'costs' ? broken : undefined));
  const session = sessionHere([...RANGE, '--endpoints', 'completions,costs', '--base-url', baseUrl], {
    folder: temporaryFolder(),
    environment: {OPENAI_ADMIN_KEY: 'sk-admin-0123456789abcdef'},
  });
  await session.terminal.shows('Enter');
  session.type('\r');
  session.type('\r');
  await session.terminal.shows(/costs .* 0\/3 days/);
  return {
    ...session,
    mend() {
      broken = undefined;
    },
  };
}

test.each([
  ['401', '401 Unauthorized', 'Check the key'],
  ['429 with Retry-After “1000000000”', '429 Too Many Requests', 'It asks to wait more than a year'],
  ['cursors endless', 'the server has more pages than buckets', 'Nothing of this chain is used'],
])(
  'with %s the Fetch screen names the cause, t the next step, and the others are complete',
  async (name, cause, next) => {
    const {terminal, type} = await showFault(name);
    await terminal.shows(cause);
    await terminal.shows(/completions .* 3\/3 days/);
    type('t');
    await terminal.shows(next);
    await terminal.shows('1 attempt');
  },
);

test('r asks again for what failed, and goes on to the rows', async () => {
  const {terminal, type, mend} = await showFault('401');
  await terminal.shows('401 Unauthorized');
  await terminal.shows('r retry');
  mend();
  type('r');
  await terminal.shows('row 1 of 12');
});

test('Enter shows the rows that came', async () => {
  const {terminal, type} = await showFault('401');
  await terminal.shows('401 Unauthorized');
  type('\r');
  await terminal.shows('row 1 of 6');
  expect(terminal.screen).toContain('costs');
});
