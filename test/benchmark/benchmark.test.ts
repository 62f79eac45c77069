import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import Papa from 'papaparse';
import {expect, onTestFinished, test} from 'vitest';
import {endpoints} from '../../source/demo/catalogue.ts';
import {parseMonth} from '../../source/usage/days.ts';
import {bundle, Workshop} from './workshop.ts';
import {runChain, runExport, startOrganization} from './year.ts';

const metrics = [...new Set(endpoints.flatMap(endpoint => Object.keys(endpoint.metrics))), 'amount', 'quantity'];

/** Rows, named rows and the sum of each metric, endpoint by endpoint. Amounts have at most six decimals. */
function summed(file: string): Record<string, Record<string, number>> {
  const {data} = Papa.parse<Record<string, string>>(readFileSync(file, 'utf8'), {header: true, skipEmptyLines: true});
  const sums: Record<string, Record<string, number>> = {};
  for (const row of data) {
    const endpoint = row['endpoint_type'] ?? '';
    const sum = sums[endpoint] ?? {};
    sums[endpoint] = sum;
    sum['rows'] = (sum['rows'] ?? 0) + 1;
    for (const [id, name] of [
      ['project_id', 'project_name'],
      ['api_key_id', 'api_key_name'],
      ['user_id', 'user_email'],
    ] as const) {
      if (row[id] !== row[name]) sum[name] = (sum[name] ?? 0) + 1;
    }
    for (const metric of metrics) {
      if (row[metric]) sum[metric] = (sum[metric] ?? 0) + Math.round(Number(row[metric]) * 1e6);
    }
  }
  return sums;
}

test('the chain that the program is compared with writes the same rows, names and sums of a month', async () => {
  const workshop = new Workshop();
  onTestFinished(() => workshop.close());
  const folder = workshop.folder();
  await bundle(['server', 'chain'], import.meta.dirname, folder);
  const programs = {cli: join(import.meta.dirname, '../../dist/cli.js'), bundled: folder};
  const range = parseMonth('2026-10') ?? {first: 0, last: 0};
  const organization = await startOrganization(workshop, programs, range);
  await organization.count(2);

  await runChain(workshop, programs, organization.url, {range, folder, output: join(folder, 'chain.csv')});
  // Five pages of 7 days for each of the eleven endpoints, as the page that is replaced would fetch them.
  expect(await organization.count(2)).toMatchObject({usage: 55});
  await runExport(workshop, programs, organization.url, {range, folder, output: join(folder, 'export.csv')});
  expect(await organization.count(2)).toMatchObject({usage: 11});

  const theirs = summed(join(folder, 'chain.csv'));
  expect(Object.keys(theirs)).toHaveLength(endpoints.length);
  expect(summed(join(folder, 'export.csv'))).toEqual(theirs);
});
