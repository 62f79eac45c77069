import {endpoints} from './catalogue.ts';
import {listNames} from './lists.ts';

const kinds = {
  '502html': 'status 502 with an HTML page',
  html: 'an HTML page with status 200',
  text: 'words instead of JSON with status 200',
  drop: 'the connection closes before any answer',
  cut: 'the connection closes in the middle of the body',
  short: 'half of the body, framed as if it were whole',
  stall: 'half of the body, then nothing more',
  hang: 'no answer at all',
  slow: 'the answer comes SECONDS later (5)',
  nodata: 'a page without its data',
  repeat: 'the same cursor again and again',
  nocursor: 'has_more without a cursor',
  outside: 'a bucket outside the window (usage and costs only)',
  redirect: 'a redirect to another origin, http://localhost:PORT',
} as const;

type FaultKind = keyof typeof kinds | 'status';

export type Fault = {
  readonly kind: FaultKind;
  /** Only with kind `status`: 400 to 599. */
  readonly status: number;
  /** Retry-After of a status, or the delay of `slow`; undefined where none was given. */
  readonly seconds: number | undefined;
  readonly target: string;
  /** The first page, counted from 1, that is hit. */
  readonly fromPage: number;
  /** How many requests are hit; Infinity: all. */
  readonly times: number;
};

const targets: readonly string[] = [...endpoints.map(({name}) => name), ...listNames, 'all'];
const isKind = (text: string): text is keyof typeof kinds => Object.hasOwn(kinds, text);
const grammar =
  /^(?<kind>[a-z0-9]+)(?::(?<seconds>\d+(?:\.\d+)?))?@(?<target>[a-z_]+)(?:\/(?<page>[1-9]\d*))?(?:#(?<times>[1-9]\d*))?$/;

/**
 * Reads the value of `--fault`: faults separated by commas, each `KIND[:SECONDS]@TARGET[/PAGE][#TIMES]`.
 *
 * - KIND is a status from 400 to 599 (`429:1` sends `Retry-After: 1`, `429` sends none) or one of
 *   `502html html text drop cut short stall hang slow nodata repeat nocursor outside redirect`; what each does is in
 *   the table above.
 * - TARGET is an endpoint (`completions` … `costs`), a list (`users projects project_api_keys service_accounts
 *   admin_api_keys`) or `all`.
 * - PAGE: only that page and later ones of a chain are hit, counted from 1. TIMES: only the first so many requests that
 *   could be hit; without it, all.
 *
 * `429:1@completions#3,html@images,cut@costs/2` waits thrice for completions, never gives images, and breaks costs
 * from the second page on. Of several faults for one request the first that still has times left is done.
 * Throws an Error of one sentence that shows the grammar. An empty text is no fault.
 */
export function parseFaults(text: string): readonly Fault[] {
  return text
    .split(',')
    .map(each => each.trim())
    .filter(each => each !== '')
    .map(faultOf);
}

function faultOf(text: string): Fault {
  const {kind = '', seconds, target = '', page, times} = grammar.exec(text)?.groups ?? {};
  const isStatus = /^[45]\d\d$/.test(kind);
  const mayWait = isStatus || kind === 'slow';
  const hasWindow = target === 'all' || endpoints.some(({name}) => name === target);
  if (
    !(isStatus || isKind(kind)) ||
    !targets.includes(target) ||
    (seconds !== undefined && !mayWait) ||
    (kind === 'outside' && !hasWindow)
  ) {
    throw new Error(
      `Cannot read the fault "${text}": write KIND[:SECONDS]@TARGET[/PAGE][#TIMES], as in ` +
        `429:1@completions#3,html@images,cut@costs/2, where KIND is a status from 400 to 599 (SECONDS: its Retry-After) or one of ` +
        `${Object.entries(kinds)
          .map(([name, meaning]) => `${name} (${meaning})`)
          .join(', ')}, and TARGET one of ${targets.join(', ')}.`,
    );
  }
  return {
    kind: isKind(kind) ? kind : 'status',
    status: isStatus ? Number(kind) : 200,
    seconds: seconds === undefined ? undefined : Number(seconds),
    target,
    fromPage: Number(page ?? 1),
    times: times === undefined ? Number.POSITIVE_INFINITY : Number(times),
  };
}

/** Which fault hits a request, if any. Counts: a fault for the first three requests hits three. */
export function faultPicker(faults: readonly Fault[]): (target: string, page: number) => Fault | undefined {
  const left = faults.map(fault => ({fault, times: fault.times}));
  return (target, page) => {
    const hit = left.find(
      ({fault, times}) =>
        times > 0 &&
        (fault.target === target || fault.target === 'all') &&
        page >= fault.fromPage &&
        // Lists have no buckets: outside@all means the endpoints.
        !(fault.kind === 'outside' && listNames.some(name => name === target)),
    );
    if (hit === undefined) return;
    hit.times -= 1;
    return hit.fault;
  };
}
