import {existsSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {closedPort} from '../helpers/listening.ts';
import {run, temporaryFolder} from '../helpers/program.ts';
import {FAULTS_OF_ENDPOINTS} from './catalogue.ts';
import {rightRows, rowsIn} from './cell.ts';
import {makeCertificates, serveTls} from './elsewhere.ts';
import {RANGE, serveOrganization} from './organization.ts';

const organization = await serveOrganization();
const environment = {OPENAI_ADMIN_KEY: 'sk-admin-0123456789abcdef'};
const argv = ['export', ...RANGE, '--endpoints', 'completions,costs', '--all-columns', '--timeout', '1'];

/** Six attempts of a second, and the waits between them: half a minute at most, when nobody else wants the processor. */
const wholeRun = {timeout: 120_000};

function expectCalm(stderr: string): void {
  expect(stderr).not.toMatch(/unhandled|\n\s+at |this is a bug|sk-admin/i);
}

/** Of each family of faults one, as the built program meets it with a real clock. */
const sample = [
  '429 with Retry-After “1000000000”',
  '500',
  '200 HTML',
  'dropped before',
  'body cut off',
  'shape: data null',
  'cursors endless',
  'hang without bytes',
  'body that drips',
];

test('costs that fail leave the rest in a file named _partial, exit 3', wholeRun, async () => {
  const faults = FAULTS_OF_ENDPOINTS.filter(({name}) => sample.includes(name));
  expect(faults).toHaveLength(sample.length);
  // At the same time: most of them wait between their attempts.
  const ended = faults.map(async ({name, does, says}) => {
    const folder = temporaryFolder();
    const answer = typeof does === 'function' ? does : undefined;
    const baseUrl = organization.open(({target}) => (target === 'costs' ? answer : undefined));
    return {name, says, folder, ...(await run([...argv, '--base-url', baseUrl], {folder, environment}))};
  });
  for (const {name, says, folder, code, stdout, stderr} of await Promise.all(ended)) {
    expect({code, stdout}, name).toEqual({code: 3, stdout: ''});
    expect(stderr, name).toMatch(says ?? /never/);
    expect(stderr, name).toContain('3 days missing (2026-11-01 → 2026-11-03).');
    expectCalm(stderr);
    const files = readdirSync(folder).filter(file => !file.startsWith('.'));
    expect(files, name).toEqual(['openai_usage_2026-11-01_2026-11-03_partial.csv']);
    expect(rowsIn(readFileSync(join(folder, files[0] ?? ''), 'utf8')), name).toEqual(rightRows(['completions']));
  }
});

describe('a server that cannot be trusted or reached gets no key, and nothing is written, exit 1', wholeRun, () => {
  const made = makeCertificates();

  test.each([
    ['self-signed', made.selfSigned, 'is self-signed: no authority vouches for it', 'NODE_EXTRA_CA_CERTS'],
    ['expired', made.expired, 'has expired', 'Check the date and time of this computer'],
    ['for another host', made.otherHost, 'is for another host', 'Check the host name in the base URL'],
  ])('a certificate that is %s', async (_, identity, what, next) => {
    const folder = temporaryFolder();
    const authority = join(folder, '.authority.pem');
    writeFileSync(authority, made.authority.cert);
    const baseUrl = `${await serveTls(identity)}/v1`;
    const {code, stderr} = await run([...argv, '--base-url', baseUrl], {
      folder,
      environment: {...environment, NODE_EXTRA_CA_CERTS: authority},
    });
    expect(code).toBe(1);
    expect(stderr).toContain(`completions and costs: the certificate of ${new URL(baseUrl).origin} ${what}`);
    expect(stderr).toContain(next);
    expect(stderr).toContain('Nothing was written: no endpoint could be fetched.');
    expectCalm(stderr);
    expect(existsSync(join(folder, 'openai_usage_2026-11-01_2026-11-03.csv'))).toBe(false);
  });

  test('a certificate of an authority that NODE_EXTRA_CA_CERTS names is good', async () => {
    const folder = temporaryFolder();
    const authority = join(folder, '.authority.pem');
    writeFileSync(authority, made.authority.cert);
    const {code, stdout, stderr} = await run(
      [...argv, '--output', '-', '--base-url', `${await serveTls(made.good)}/v1`],
      {
        folder,
        environment: {...environment, NODE_EXTRA_CA_CERTS: authority},
      },
    );
    expect({code, stderr}).toEqual({code: 0, stderr: ''});
    expect(rowsIn(stdout)).toEqual(rightRows(['completions', 'costs']));
  });

  test('a port on which nobody listens', async () => {
    const folder = temporaryFolder();
    const baseUrl = `http://127.0.0.1:${await closedPort()}/v1`;
    const {code, stderr} = await run([...argv, '--base-url', baseUrl], {folder, environment});
    expect(code).toBe(1);
    expect(stderr).toMatch(/completions and costs: nothing listens at 127\.0\.0\.1:\d+ \(ECONNREFUSED/);
    expectCalm(stderr);
  });
});
