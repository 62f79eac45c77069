import type {Store} from '../usage/store.ts';

/** What `--debug` tells of the cache, for stderr. */
export function debugLines({statistics}: Store): string[] {
  const {memoryHits, memoryMisses, memoryEntries, memoryBytes, diskReads, diskWrites, diskDamaged} = statistics;
  return [
    `debug: cache memory: ${memoryHits} hits, ${memoryMisses} misses, ${memoryEntries} days, ${memoryBytes} bytes`,
    `debug: cache files: ${diskReads} read, ${diskWrites} written, ${diskDamaged} unreadable`,
  ];
}
