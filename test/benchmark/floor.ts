/**
 * A process: `node floor.js BASE_URL FIRST_DAY LAST_DAY [CEILING]`. What no client can beat: every window of every
 * endpoint asked for, as large as a page may be, and the answers parsed; no lists, no rows, no cache, no file. Without a
 * ceiling all at once; with one as many at once as the program has under way while nobody refuses.
 */
import process from 'node:process';
import {endpoints, pathOf} from '../../source/demo/catalogue.ts';
import {afterSuccess, startCongestion} from '../../source/usage/congestion.ts';
import {startOf} from '../../source/usage/days.ts';

const [baseUrl = '', ...numbers] = process.argv.slice(2);
const [first = 0, last = 0, ceiling] = numbers.map(Number);
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
const ask = async (url: string) => void JSON.parse(await (await fetch(url, {headers})).text());

let congestion = startCongestion(ceiling ?? Number.POSITIVE_INFINITY);
let underWay = 0;
let asked = 0;

function askMore(): void {
  while (asked < urls.length && (ceiling === undefined || underWay < congestion.limit)) {
    underWay++;
    void ask(urls[asked++] ?? '').then(() => {
      underWay--;
      congestion = afterSuccess(congestion);
      askMore();
    });
  }
}

askMore();
