import type {ApiKey} from '../api/directory.ts';
import type {Directory} from '../usage/directory.ts';

/**
 * `sk-` at the start of a word and what could be part of a key after it. Within a word (`task-1`) only where so much
 * follows that it must be a key with something in front of it.
 */
const KEY = /(?<![\p{L}\p{N}])sk-[\w-]*|sk-(?:\w{0,12}-)?\w{20}[\w-]*/gu;

/** What stands for the part of a key that is not told: dots, stars, bullets, the ellipsis. */
const GAP = /\.{2,}|[*\u2026\u2022][.*\u2026\u2022]*/;
const GAP_NEXT = new RegExp(`^(?:${GAP.source})[\\w-]*`);

/** More of a key than a redacted value shows: then it is a secret, whatever dots come after it. */
const MOST_SHOWN = 24;

/** With less to tell them apart, every key would match. */
const LEAST_SUFFIX = 3;

/**
 * The `sk-…` in what was typed or pasted, if there is one, from its first three characters on. A redacted value
 * (`sk-proj-ab...wxyz`) is none.
 */
export function secretIn(text: string): string | undefined {
  for (const {0: key, index} of text.matchAll(KEY)) {
    const rest = GAP_NEXT.exec(text.slice(index + key.length, index + key.length + MOST_SHOWN * 4))?.[0];
    if (rest === undefined || key.length >= MOST_SHOWN) return key;
  }
  return undefined;
}

/** The keys whose redacted value fits the secret: it starts and ends as that does and is longer than both together. */
export function keysOfSecret(secret: string, directory: Directory): readonly ApiKey[] {
  return [...directory.keys.values()].filter(
    ({redactedValue}) => redactedValue !== null && isRedactionOf(redactedValue, secret),
  );
}

/** The keys that have exactly that redacted value; none for a text that is not one. */
export function keysOfRedacted(text: string, directory: Directory): readonly ApiKey[] {
  return GAP.test(text) ? [...directory.keys.values()].filter(({redactedValue}) => redactedValue === text) : [];
}

/** Whether enough of a key's value is told to know it again. */
export function canBeCompared(redacted: string | null): boolean {
  return redacted !== null && partsOf(redacted) !== undefined;
}

function isRedactionOf(redacted: string, secret: string): boolean {
  const parts = partsOf(redacted);
  if (parts === undefined) return false;
  const {prefix, suffix} = parts;
  return secret.length > prefix.length + suffix.length && secret.startsWith(prefix) && secret.endsWith(suffix);
}

/** What stands before and after the part that is not told; undefined where that tells no keys apart. */
function partsOf(redacted: string): {readonly prefix: string; readonly suffix: string} | undefined {
  const gap = GAP.exec(redacted);
  if (gap === null) return undefined;
  const suffix = redacted.slice(gap.index + gap[0].length);
  return suffix.length < LEAST_SUFFIX ? undefined : {prefix: redacted.slice(0, gap.index), suffix};
}
