/**
 * A process: `node floor.js BASE_URL FIRST_DAY LAST_DAY`. What no client can beat: every window of every endpoint asked
 * for at once, as large as a page may be, and the answers parsed; no lists, no rows, no cache, no file.
 */
import process from 'node:process';
import {endpoints, pathOf} from '../../source/demo/catalogue.ts';
import {startOf} from '../../source/usage/days.ts';

const [baseUrl = '', ...days] = process.argv.slice(2);
const [first = 0, last = 0] = days.map(Number);
const urls: string[] = [];
for (const endpoint of endpoints) {
  const most = endpoint.limits['1d']?.most ?? 1;
  for (let day = first; day <= last; day += most) {
    const query = new URLSearchParams(endpoint.dimensions.map(dimension => ['group_by', dimension]));
    query.set('start_time', String(startOf(day)));
    query.set('end_time', String(startOf(Math.min(day + most, last + 1))));
    query.set('limit', String(most));
    urls.push(`${baseUrl}${pathOf(endpoint)}?${query}`);
  }
}
const headers = {authorization: 'Bearer sk-admin-benchmark'};
await Promise.all(urls.map(async url => JSON.parse(await (await fetch(url, {headers})).text())));
