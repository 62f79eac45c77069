import type {Store} from '../usage/store.ts';

/** A fetch that counts what is sent, for `--debug`. */
export function countRequests(fetch: typeof globalThis.fetch) {
  let count = 0;
  const counted: typeof fetch = (input, init) => {
    count++;
    return fetch(input, init);
  };
  return {
    fetch: counted,
    get count() {
      return count;
    },
  };
}

/** What `--debug` tells of the wire. */
export function requestLine(requests: number): string {
  return `debug: ${requests} requests sent`;
}

/** What `--debug` tells of the wire and of the cache, for stderr. */
export function debugLines({statistics}: Store, requests: number): string[] {
  const {memoryHits, memoryMisses, memoryEntries, memoryBytes, diskReads, diskWrites, diskDamaged} = statistics;
  return [
    requestLine(requests),
    `debug: cache memory: ${memoryHits} hits, ${memoryMisses} misses, ${memoryEntries} days, ${memoryBytes} bytes`,
    `debug: cache files: ${diskReads} read, ${diskWrites} written, ${diskDamaged} unreadable`,
  ];
}
