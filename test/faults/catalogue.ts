import type {ServerResponse} from 'node:http';
import {gzipSync} from 'node:zlib';
import {findEndpoint} from '../../source/api/endpoints.ts';
import {sendJson} from '../helpers/script-server.ts';
import {type Answer, figure, type Page, type Question} from './organization.ts';

export type Fault = {
  readonly name: string;
  /** What the server does, or where the request goes instead: to another origin, or into an error of fetch's. */
  readonly does:
    | Answer
    | {readonly origin: string; readonly through?: (request: Request) => Promise<Response>}
    | {readonly throws: () => Error};
  /** What the sentence says of the cause; undefined where the answer is still right. */
  readonly says: RegExp | undefined;
  /** Done once, it is tried again and nothing is missing. */
  readonly passes: boolean;
  /** Each attempt takes the whole timeout. */
  readonly isSlow?: boolean;
  /** A variety of another fault: tried with two endpoints and one list, not with all. */
  readonly isRare?: boolean;
};

const never = {passes: false} as const;
const passing = {passes: true} as const;

const rarely = (...faults: readonly Fault[]): Fault[] => faults.map(fault => ({...fault, isRare: true}));

const send =
  (status: number, body: string, headers: Record<string, string> = {}): Answer =>
  (_, response) =>
    void response.writeHead(status, headers).end(body);

/** Half of the right answer, and then that. */
const half =
  (then: (response: ServerResponse) => void): Answer =>
  ({right}, response) => {
    const text = JSON.stringify(right);
    response.writeHead(200, {'content-type': 'application/json', 'content-length': text.length});
    response.write(text.slice(0, text.length / 2), () => then(response));
  };

const drip: Answer = (_, response) => {
  response.writeHead(200, {'content-type': 'application/json'}).write('{"data":[');
  const timer = setInterval(() => response.write(' '), 20);
  response.on('close', () => clearInterval(timer));
};

const dripHeaders: Answer = (_, response) => {
  response.socket?.write('HTTP/1.1 200 OK\r\n');
  const timer = setInterval(() => response.socket?.write('x-more: to come\r\n'), 20);
  response.on('close', () => clearInterval(timer));
};

const date = (moment: number): string => new Date(moment).toUTCString();
const served = Date.UTC(2026, 10, 22, 12);
const tooMany = (retryAfter?: string): Answer =>
  send(429, '{}', {
    ...(retryAfter !== undefined && {'retry-after': retryAfter}),
    // A date is measured against the server's own clock; a number needs none.
    ...(retryAfter?.endsWith('GMT') && {date: date(served)}),
  });

const refused = /the server answered 429 Too Many Requests\. Wait a few minutes, then try again\./;
const asksToWait = (how: string): RegExp =>
  new RegExp(`the server answered 429 Too Many Requests\\. It asks to wait ${how}: try again then\\.`);

const patient = (text: string): Fault => ({
  name: `429 with Retry-After “${text}”`,
  does: tooMany(text),
  says: refused,
  ...passing,
});

const impatient = (text: string, how: string): Fault => ({
  name: `429 with Retry-After “${text.slice(0, 40)}”`,
  does: tooMany(text),
  says: asksToWait(how),
  ...never,
});

const refusals: readonly Fault[] = [
  {name: '429 without Retry-After', does: tooMany(), says: refused, ...passing},
  ...['0', '1', '-5', 'soon', date(served - 1e9)].map(patient),
  impatient('1000000000', 'more than a year'),
  impatient('9'.repeat(400), 'more than a year'),
  impatient(date(served + 36e5 * 5), '5 hours'),
  impatient('Fri, 31 Dec 9999 23:59:59 GMT', 'more than a year'),
  ...rarely(
    ...['0.5', '-1e9', '1e9', 'next 2099', '5, 5', '', '0x10', date(served), date(served + 30_000)].map(patient),
    {name: '429 with Retry-After “299”', does: tooMany('299'), says: asksToWait('5 minutes'), ...passing},
    impatient('301', '6 minutes'),
  ),
];

const statuses: readonly Fault[] = [
  {
    name: '400',
    isRare: true,
    does: send(400, '{"error":{"message":"No."}}'),
    says: /answered 400 Bad Request: “No”\. The question was not understood/,
    ...never,
  },
  {name: '401', isRare: true, does: send(401, '{}'), says: /answered 401 Unauthorized\. Check the key/, ...never},
  {
    name: '403',
    isRare: true,
    does: send(403, '{}'),
    says: /answered 403 Forbidden\. The key may not read this/,
    ...never,
  },
  {
    name: '404',
    isRare: true,
    does: send(404, '{}'),
    says: /answered 404 Not Found\. (Check the base URL|It may have been deleted)/,
    ...never,
  },
  {
    name: '408',
    isRare: true,
    does: send(408, ''),
    says: /answered 408 Request Timeout\. Try again in a few minutes\./,
    ...passing,
  },
  {
    name: '500',
    does: send(500, '{}'),
    says: /answered 500 Internal Server Error\. Try again in a few minutes\./,
    ...passing,
  },
  {
    name: '500 cut off',
    isRare: true,
    does: (_, response) => {
      response.writeHead(500, {'content-length': '1000'});
      response.write('{"error', () => response.socket?.destroy());
    },
    says: /answered 500 Internal Server Error\. Try again/,
    ...passing,
  },
  {
    name: '502 HTML',
    does: send(502, '<html>Bad Gateway</html>', {'content-type': 'text/html'}),
    says: /answered 502 Bad Gateway\. Try again in a few minutes\./,
    ...passing,
  },
  {
    name: '302',
    isRare: true,
    does: send(302, '', {location: 'https://elsewhere.example/'}),
    says: /answered 302 Found and points to https:\/\/elsewhere\.example\. Redirects are not followed/,
    ...never,
  },
];

const notJson: readonly Fault[] = [
  {
    name: '200 HTML',
    does: send(200, '<!doctype html><title>Sign in</title>'),
    says: /\(status 200\) is a web page \(HTML\), not JSON\. Try again; if it stays/,
    ...passing,
  },
  {name: '200 empty', isRare: true, does: send(200, ''), says: /\(status 200\) is empty\. Try again/, ...passing},
  {name: '204', isRare: true, does: send(204, ''), says: /\(status 204\) is empty\. Try again/, ...passing},
  {
    name: '200 words',
    does: send(200, 'upstream connect error'),
    says: /\(status 200\) is not JSON, or was cut off\. Try again/,
    ...passing,
  },
  {
    name: '200 half, framed as if whole',
    isRare: true,
    does: ({right}, response) => {
      const text = JSON.stringify(right);
      response.writeHead(200).end(text.slice(0, text.length / 2));
    },
    says: /is not JSON, or was cut off\. Try again/,
    ...passing,
  },
  {name: '200 NaN', isRare: true, does: send(200, '{"data":[NaN],"has_more":false}'), says: /is not JSON/, ...passing},
];

const inTheMiddle = /closed the connection in the middle of its answer \(.+\)\. Check the network/;

const connections: readonly Fault[] = [
  {
    name: 'dropped before',
    does: (_, response) => void response.socket?.destroy(),
    says: /closed the connection before it answered \(.+\)\. Check the network and the base URL, then try again\./,
    ...passing,
  },
  {
    name: 'reset',
    isRare: true,
    does: (_, response) => void response.socket?.resetAndDestroy(),
    says: /closed the connection before it answered \(.+\)\. Check the network/,
    ...passing,
  },
  {
    name: 'dropped in the middle',
    does: half(response => response.socket?.destroy()),
    says: inTheMiddle,
    ...passing,
  },
  {
    name: 'reset in the middle',
    isRare: true,
    does: half(response => response.socket?.resetAndDestroy()),
    says: inTheMiddle,
    ...passing,
  },
  {
    name: 'body cut off',
    does: half(response => response.socket?.end()),
    says: inTheMiddle,
    ...passing,
  },
  {
    name: 'chunks cut off',
    isRare: true,
    does: (_, response) => {
      response.writeHead(200);
      response.write('{"data":[', () => response.socket?.end());
    },
    says: inTheMiddle,
    ...passing,
  },
  {
    name: 'no HTTP',
    isRare: true,
    does: (_, response) => void response.socket?.end('SSH-2.0-OpenSSH\r\n'),
    says: /no complete answer from .+ \(.+\)\. Check the network and the base URL/,
    ...passing,
  },
  {
    name: 'headers without an end',
    isRare: true,
    does: (_, response) => void response.socket?.end(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(1e5)}`),
    says: /no complete answer from .+ \(.+\)\. Check the network/,
    ...passing,
  },
  {
    name: 'gzip that is none',
    isRare: true,
    does: send(200, '{"data":[]}', {'content-encoding': 'gzip'}),
    says: /no complete answer from .+ \(.+\)\. Check the network/,
    ...passing,
  },
  {
    name: 'gzip cut off',
    isRare: true,
    does: ({right}, response) => {
      const bytes = gzipSync(JSON.stringify(right));
      response.writeHead(200, {'content-encoding': 'gzip'}).end(bytes.subarray(0, bytes.length / 2));
    },
    says: /(no complete answer from|is not JSON, or was cut off)/,
    ...passing,
  },
  {
    name: 'DNS: no such host',
    does: {throws: () => lookupFailure('ENOTFOUND')},
    says: /no host is called nowhere\.invalid \(DNS: ENOTFOUND\)\. Check the base URL for a typing mistake/,
    ...passing,
  },
  {
    name: 'DNS: no name server',
    isRare: true,
    does: {throws: () => lookupFailure('EAI_AGAIN')},
    says: /nowhere\.invalid could not be looked up \(DNS: EAI_AGAIN\)\. Check the network connection/,
    ...passing,
  },
];

/** What fetch does where names are not resolved; a resolver that is really asked would be another machine. */
export function lookupFailure(code: 'ENOTFOUND' | 'EAI_AGAIN'): Error {
  const hostname = 'nowhere.invalid';
  const cause = Object.assign(new Error(`getaddrinfo ${code} ${hostname}`), {code, syscall: 'getaddrinfo', hostname});
  return new TypeError('fetch failed', {cause});
}

const notInTime = /did not answer within 1 s\. Try again, or allow more time with --timeout\./;
const notAtItsEnd = /was not at its end within 1 s\. Try again, or allow more time with --timeout\./;

const patience: readonly Fault[] = [
  {name: 'hang without bytes', does: () => {}, says: notInTime, isSlow: true, ...passing},
  {name: 'headers that drip', isRare: true, does: dripHeaders, says: notInTime, isSlow: true, ...passing},
  {name: 'body that stalls', isRare: true, does: half(() => {}), says: notAtItsEnd, isSlow: true, ...passing},
  {name: 'body that drips', does: drip, says: notAtItsEnd, isSlow: true, ...passing},
];

/** The right page with something else in it. */
const spoiled =
  (change: (page: Page, question: Question) => unknown): Answer =>
  (question, response) =>
    sendJson(response, change(structuredClone(question.right), question));

type Shape = readonly [name: string, change: (page: Page, question: Question) => unknown, says: string | undefined];

const common: ReadonlySet<string> = new Set([
  'data missing',
  'data null',
  'data an object',
  'has_more a text',
  'fields of every object',
  'a bucket without start_time',
  'results null',
  'a result null',
  'a figure “many”',
  'a dimension an object',
  '__proto__ in each result',
  'an unknown field in each item',
]);

const shapes = (list: readonly Shape[]): Fault[] =>
  list.map(([name, change, says]) => ({
    name: `shape: ${name}`,
    isRare: !common.has(name),
    does: spoiled(change),
    says: says === undefined ? undefined : new RegExp(`${says}\\. Try again; if it stays`),
    passes: true,
  }));

const notAsDocumented = (place: string): string => `the server's answer is not as documented \\(${place}\\)`;

const ofPages: readonly Shape[] = [
  ['an array', page => [page], notAsDocumented('the whole is no object')],
  ['a number', () => 5, notAsDocumented('the whole is no object')],
  ['null', () => null, notAsDocumented('the whole is no object')],
  [
    'an error with status 200',
    () => ({error: {message: 'No.'}}),
    'the server answered with an error, and status 200: “No”',
  ],
  ['data missing', page => ({...page, data: undefined}), notAsDocumented('data is no array')],
  ['data null', page => ({...page, data: null}), notAsDocumented('data is no array')],
  ['data an object', page => ({...page, data: {...page.data}}), notAsDocumented('data is no array')],
  [
    'has_more a text',
    page => ({...page, has_more: String(page['has_more'])}),
    notAsDocumented('has_more is no boolean'),
  ],
  ['has_more a number', page => ({...page, has_more: 0}), notAsDocumented('has_more is no boolean')],
  ['has_more missing', page => ({...page, has_more: undefined}), notAsDocumented('has_more is no boolean')],
  ['an unknown field, nested', page => ({...page, surprise: {deep: [{down: null}]}}), undefined],
  ['fields of every object', page => withPrototypes(page), undefined],
];

/** JSON may name a field `__proto__`, which is a field like any other. */
function withPrototypes(page: Page): unknown {
  return JSON.parse(
    JSON.stringify({...page, swap: 0}).replace('"swap":0', '"__proto__":{"data":[]},"constructor":null,"toString":1'),
  );
}

const bucket =
  (change: (bucket: Record<string, unknown>, question: Question) => unknown) => (page: Page, question: Question) => ({
    ...page,
    data: page.data.map(each => change(each, question)),
  });

const result = (change: (result: unknown, question: Question) => unknown) =>
  bucket((each, question) => ({
    ...each,
    results: Array.isArray(each['results']) ? each['results'].map(one => change(one, question)) : [],
  }));

const metric = (value: unknown) =>
  result((each, {target}) => {
    const endpoint = findEndpoint(target);
    return {...Object(each), ...(endpoint && figure(endpoint, value))};
  });

const noNumber = '\\w+ is not a number in the server.s answer';

const ofBuckets: readonly Shape[] = [
  ['next_page a number', page => ({...page, next_page: 7}), notAsDocumented('next_page is .+')],
  ['a bucket null', bucket(() => null), notAsDocumented('data\\.0 is no object')],
  [
    'a bucket without start_time',
    bucket(each => ({...each, start_time: undefined})),
    notAsDocumented('data\\.0\\.start_time is no .+'),
  ],
  [
    'start_time a text',
    bucket(each => ({...each, start_time: String(each['start_time'])})),
    notAsDocumented('data\\.0\\.start_time is no .+'),
  ],
  [
    'start_time with a fraction',
    bucket(each => ({...each, start_time: Number(each['start_time']) + 0.5})),
    notAsDocumented('data\\.0\\.start_time is .+'),
  ],
  [
    'end_time missing',
    bucket(each => ({...each, end_time: undefined})),
    notAsDocumented('data\\.0\\.end_time is no .+'),
  ],
  [
    'results missing',
    bucket(each => ({...each, results: undefined})),
    notAsDocumented('data\\.0\\.results is no array'),
  ],
  ['results null', bucket(each => ({...each, results: null})), notAsDocumented('data\\.0\\.results is no array')],
  ['results an object', bucket(each => ({...each, results: {}})), notAsDocumented('data\\.0\\.results is no array')],
  ['a result null', result(() => null), 'the server sent a result that is not an object'],
  ['a result an array', result(each => [each]), 'the server sent a result that is not an object'],
  ['a result a text', result(() => 'many'), 'the server sent a result that is not an object'],
  ['a figure “many”', metric('many'), noNumber],
  ['a figure “”', metric(''), noNumber],
  ['a figure “0x10”', metric('0x10'), noNumber],
  ['a figure “1e999”', metric('1e999'), '\\w+ is (?:not|too large) a number in the server.s answer'],
  ['a figure true', metric(true), noNumber],
  ['a figure that is an object', metric({value: {}}), noNumber],
  ['a figure that is an array', metric([]), noNumber],
  [
    'a dimension an object',
    result(each => ({...Object(each), project_id: {}})),
    'project_id is not a text in the server.s answer',
  ],
  ['an unknown field in each result', result(each => ({...Object(each), surprise: {a: [1]}, other: 3})), undefined],
  [
    '__proto__ in each result',
    result(each =>
      JSON.parse(
        JSON.stringify({...Object(each), swap: 0}).replace('"swap":0', '"__proto__":{"x":1},"constructor":"c"'),
      ),
    ),
    undefined,
  ],
];

const ofLists: readonly Shape[] = [
  ['last_id a number', page => ({...page, last_id: 7}), notAsDocumented('last_id is .+')],
  ['an unknown field in each item', bucket(each => ({...each, surprise: [{}]})), undefined],
];

/** Nested deeper than any program writes. JSON.parse reads it, JSON.stringify does not. */
const deep: Answer = ({right}, response) => {
  const nested = '['.repeat(100_000) + ']'.repeat(100_000);
  const text = JSON.stringify(right).replace('"object":"result"', `"object":"result","deep":${nested}`);
  response.end(text);
};

const chain = (what: string): RegExp =>
  new RegExp(`${what}\\. Nothing of this chain is used, because it could be incomplete: try again`);
const moved = (seconds: number) =>
  spoiled(bucket(each => ({...each, start_time: Number(each['start_time']) + seconds})));

let cursors = 0;
const cursorsOfPages: readonly Fault[] = [
  {
    name: 'cursor repeated',
    does: spoiled(page => ({...page, data: [], has_more: true, next_page: 'c9'})),
    says: chain('the server repeats a page it has sent already'),
    ...never,
  },
  {
    name: 'cursor missing',
    does: spoiled(page => ({...page, has_more: true, next_page: null})),
    says: chain('there is more, but not where \\(no next_page\\)'),
    ...never,
  },
  {
    name: 'cursor empty',
    isRare: true,
    does: spoiled(page => ({...page, has_more: true, next_page: ''})),
    says: chain('there is more, but not where \\(no next_page\\)'),
    ...never,
  },
  {
    name: 'cursors endless',
    does: spoiled(page => ({...page, data: [], has_more: true, next_page: `c${1e6 + cursors++}`})),
    says: chain('the server has more pages than buckets'),
    ...never,
  },
  {
    name: 'a bucket before its window',
    does: moved(-40 * 86_400),
    says: chain('a bucket of 2026-\\d\\d-\\d\\d 00:00, which was not asked for'),
    ...never,
  },
  {
    name: 'a bucket after its window',
    isRare: true,
    does: moved(40 * 86_400),
    says: chain('a bucket of 2026-\\d\\d-\\d\\d 00:00, which was not asked for'),
    ...never,
  },
  {
    name: 'a bucket of no date at all',
    isRare: true,
    does: moved(1e15),
    says: chain('a bucket of time \\d+, which was not asked for'),
    ...never,
  },
  {
    name: 'a bucket twice',
    isRare: true,
    does: spoiled(page => ({...page, data: [...page.data, ...page.data]})),
    says: chain('the bucket of 2026-11-0\\d 00:00 twice'),
    ...never,
  },
  {
    name: 'nested 100,000 deep',
    isRare: true,
    does: deep,
    says: /deep is nested too deep in the server's answer\. Try again/,
    ...passing,
  },
];

let ids = 0;
const cursorsOfLists: readonly Fault[] = [
  {
    name: 'cursor repeated',
    does: spoiled(page => ({...page, has_more: true, last_id: 'same', data: [{id: `more ${ids++}`}]})),
    says: chain('(the server repeats a page it has sent already|.+ \\(no last_id\\))'),
    ...never,
  },
  {
    name: 'cursor missing',
    does: spoiled(page => ({...page, data: [], has_more: true, last_id: null})),
    says: chain('there is more, but not where \\(no last_id\\)'),
    ...never,
  },
  {
    name: 'cursors endless, nothing new',
    isRare: true,
    does: spoiled(page => ({...page, data: [], has_more: true, last_id: `x${ids++}`})),
    says: chain('there is more, but not where \\(no last_id\\)'),
    ...never,
  },
];

/** A list with always one more item; it takes thousands of requests, so it is no cell of every row. */
export const ENDLESS_LIST: Fault = {
  name: 'cursors endless, always new',
  does: spoiled(page => {
    const id = `new ${ids++}`;
    return {...page, data: [{id}], has_more: true, last_id: id};
  }),
  says: chain('the list has no end \\(2000 pages were read\\)'),
  ...never,
};

const everywhere: readonly Fault[] = [...refusals, ...statuses, ...notJson, ...connections, ...patience];

/** What endpoints are tried with, and what lists are. TLS and refused connections come from servers of their own. */
export const FAULTS_OF_ENDPOINTS: readonly Fault[] = [
  ...everywhere,
  ...shapes([...ofPages, ...ofBuckets]),
  ...cursorsOfPages,
];
export const FAULTS_OF_LISTS: readonly Fault[] = [
  ...everywhere,
  ...shapes([...ofPages, ...ofLists]),
  ...cursorsOfLists,
];
