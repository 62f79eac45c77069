import type {ServerResponse} from 'node:http';
import {setTimeout as sleep} from 'node:timers/promises';
import type {Fault} from './faults.ts';
import type {Page} from './pages.ts';
import {Refusal} from './parameters.ts';

export type Send = (status: number, type: string, body: Iterable<string>, headers?: Record<string, string>) => void;

const html = (title: string): string =>
  `<!doctype html><html><head><title>${title}</title></head><body>${title}</body></html>`;

/** Answers a request the way a fault says. `elsewhere` is the same address at another origin. */
export async function misbehave(
  fault: Fault,
  page: Page,
  response: ServerResponse,
  send: Send,
  elsewhere: string,
  signal: AbortSignal,
): Promise<void> {
  const whole = (): string => [...page.text].join('');
  switch (fault.kind) {
    case 'status': {
      const wait = fault.seconds === undefined ? {} : {'retry-after': String(fault.seconds)};
      const code = fault.status === 429 ? 'rate_limit_exceeded' : null;
      const refusal = new Refusal(
        fault.status,
        `The demo organization was asked to answer ${fault.status}.`,
        null,
        code,
      );
      return send(fault.status, 'application/json', [refusal.body], wait);
    }
    case '502html':
      return send(502, 'text/html', [html('502 Bad Gateway')]);
    case 'html':
      return send(200, 'text/html', [html('Sign in to continue')]);
    case 'text':
      return send(200, 'application/json', ['upstream connect error or disconnect/reset before headers']);
    case 'drop':
      response.socket?.destroy();
      return;
    case 'cut':
      sendHalf(response, whole(), () => response.socket?.destroy());
      return;
    case 'stall':
      sendHalf(response, whole(), () => undefined);
      return;
    case 'short': {
      const text = whole();
      return send(200, 'application/json', [text.slice(0, text.length / 2)]);
    }
    case 'hang':
      return;
    case 'slow':
      await sleep(1000 * (fault.seconds ?? 5), undefined, {signal});
      return send(200, 'application/json', page.text);
    case 'redirect':
      return send(302, 'text/plain', ['Moved.'], {location: elsewhere});
    case 'nodata':
    case 'repeat':
    case 'nocursor':
    case 'outside':
      return send(200, 'application/json', [spoiled(fault.kind, whole(), page.cursor)]);
  }
}

/** Promises the whole length, sends half of it, and calls back when that half has left. */
function sendHalf(response: ServerResponse, text: string, then: () => void): void {
  const bytes = Buffer.from(text);
  response.writeHead(200, {'content-type': 'application/json', 'content-length': bytes.length});
  response.write(bytes.subarray(0, bytes.length / 2), then);
}

const fortyDays = 40 * 86_400;

type Body = {readonly object: string; readonly last_id?: string; readonly data: readonly Bucket[]};
type Bucket = {readonly start_time: number; readonly end_time: number};

function spoiled(kind: 'nodata' | 'repeat' | 'nocursor' | 'outside', text: string, cursor: string | null): string {
  const body: Body = JSON.parse(text);
  const isList = body.object === 'list';
  if (kind === 'nodata') return JSON.stringify({...body, data: undefined});
  if (kind === 'nocursor') {
    return JSON.stringify({...body, has_more: true, ...(isList ? {last_id: null} : {next_page: null})});
  }
  if (kind === 'repeat') {
    const again = isList ? {last_id: cursor ?? body.last_id} : {next_page: cursor};
    return JSON.stringify({...body, has_more: true, ...again});
  }
  const [first, ...others] = body.data;
  if (first === undefined) return text;
  const moved = {...first, start_time: first.start_time - fortyDays, end_time: first.end_time - fortyDays};
  return JSON.stringify({...body, data: [moved, ...others]});
}
