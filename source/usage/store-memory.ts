import {LRUCache} from 'lru-cache';
import {type CachedDay, preferred} from './cache.ts';
import type {PackedBlock} from './packed.ts';

/** What an entry costs besides its cells: objects, maps, the key. Never 0, which lru-cache takes for a mistake. */
const entryBytes = 512;
const columnBytes = 100;
const stringBytes = 40;

/** The memory tier: days by key, bounded by bytes, the longest unused going first. Keys begin with their account. */
export class DayMemory {
  readonly #days: LRUCache<string, CachedDay>;
  readonly #sizes = new WeakMap<readonly string[], number>();

  constructor(maxBytes: number) {
    this.#days = new LRUCache({
      maxSize: Math.max(1, Math.floor(maxBytes)),
      sizeCalculation: ({block}) => this.#bytesOf(block),
    });
  }

  get bytes(): number {
    return this.#days.calculatedSize;
  }

  get entries(): number {
    return this.#days.size;
  }

  get(key: string): CachedDay | undefined {
    return this.#days.get(key);
  }

  /** Keeps the better of the copy it has and this one, and returns it. `now`: Unix milliseconds. */
  put(key: string, cached: CachedDay, now: number): CachedDay {
    const known = this.#days.get(key);
    const kept = known === undefined ? cached : preferred(known, cached, now);
    if (kept !== known) this.#days.set(key, kept);
    return kept;
  }

  keysOf(account: string | undefined): string[] {
    return [...this.#days.keys()].filter(key => account === undefined || key.startsWith(`${account}/`));
  }

  delete(keys: Iterable<string>): void {
    for (const key of keys) this.#days.delete(key);
  }

  /** An estimate; a dictionary that days share is charged to each by its rows. */
  #bytesOf({rowCount, columns, bytes: {byteLength}}: PackedBlock): number {
    let bytes = entryBytes + byteLength;
    for (const column of columns.values()) {
      bytes += columnBytes;
      if (column.kind !== 'number') bytes += this.#shareOf(column.dictionary, rowCount);
    }
    return Math.ceil(bytes);
  }

  #shareOf(dictionary: readonly string[], rowCount: number): number {
    let size = this.#sizes.get(dictionary);
    if (size === undefined) {
      size = dictionary.reduce((sum, text) => sum + stringBytes + 2 * text.length, 0);
      this.#sizes.set(dictionary, size);
    }
    return size * Math.min(1, rowCount / Math.max(1, dictionary.length));
  }
}
