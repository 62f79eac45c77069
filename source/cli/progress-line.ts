import type {EndpointProgress, Progress} from '../usage/progress.ts';
import type {System} from './system.ts';

/** Milliseconds between two drawings: enough to see that it moves, little enough for a slow line. */
const interval = 100;

/**
 * One line about the fetch, redrawn in place. Only for a terminal: whoever reads stderr from a file wants sentences.
 * `end` takes it away.
 */
export function createProgressLine(stderr: System['stderr'], now: () => number) {
  const latest = new Map<string, EndpointProgress>();
  const started = now();
  let drawnAt = started;
  let isDrawn = false;
  return {
    onProgress(progress: Progress): void {
      if (progress.kind !== 'endpoint' || !stderr.isTTY) return;
      latest.set(progress.endpoint, progress);
      if (now() - drawnAt < interval) return;
      drawnAt = now();
      isDrawn = true;
      const text = progressText([...latest.values()], now() - started, now());
      stderr.write(`\r\u001B[K${text.slice(0, Math.max(1, (stderr.columns || 80) - 1))}`);
    },
    end(): void {
      if (isDrawn) stderr.write('\r\u001B[K');
      isDrawn = false;
    },
  };
}

/** `4 of 11 endpoints · 120 of 341 days · 4,512 rows · 3 s · waiting 12 s: the server answered 429 …` */
export function progressText(endpoints: readonly EndpointProgress[], elapsed: number, now: number): string {
  const sum = (value: (progress: EndpointProgress) => number) =>
    endpoints.reduce((total, each) => total + value(each), 0);
  const over = endpoints.filter(({state}) => state !== 'queued' && state !== 'fetching').length;
  const waiting = endpoints.find(({waitingUntil}) => waitingUntil !== undefined && waitingUntil > now);
  return [
    `${over} of ${endpoints.length} endpoints`,
    `${sum(each => each.daysDone)} of ${sum(each => each.daysTotal)} days`,
    `${sum(each => each.rows).toLocaleString('en-US')} rows`,
    `${Math.round(elapsed / 1000)} s`,
    ...(waiting?.waitingUntil === undefined
      ? []
      : [`waiting ${Math.ceil((waiting.waitingUntil - now) / 1000)} s: ${waiting.waitingFor ?? ''}`]),
  ].join(' · ');
}
