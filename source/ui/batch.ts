import type {Progress} from '../usage/progress.ts';

/** How long progress may wait for more of it: nobody reads more figures a second, and over SSH each picture is a kilobyte. */
const pause = 300;

/**
 * Gathers progress and hands on the latest picture of each endpoint and list at most three times a second: a year by
 * minutes brings thousands of events. `end` hands on the rest at once.
 */
export function batchProgress(take: (events: readonly Progress[]) => void): {
  add(event: Progress): void;
  end(): void;
} {
  const latest = new Map<string, Progress>();
  let timer: NodeJS.Timeout | undefined;
  const flush = () => {
    timer = undefined;
    if (latest.size === 0) return;
    const events = [...latest.values()];
    latest.clear();
    take(events);
  };
  return {
    add(event) {
      latest.set(event.kind === 'endpoint' ? event.endpoint : `list ${event.list}`, event);
      timer ??= setTimeout(flush, pause);
    },
    end() {
      clearTimeout(timer);
      flush();
    },
  };
}
