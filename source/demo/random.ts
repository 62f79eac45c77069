/**
 * An unsigned 32-bit number that depends on its three arguments alone. Everything the demo organization "rolls" comes
 * from here, so that a day's figures need no day before them and no state.
 */
export function hash(a: number, b = 0, c = 0): number {
  let h = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 15) ^ b, 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 13) ^ c, 0x27d4eb2f);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  return (h ^ (h >>> 13)) >>> 0;
}

/** The same as a number from 0 (included) to 1 (excluded). */
export function unit(a: number, b = 0, c = 0): number {
  return hash(a, b, c) / 2 ** 32;
}

/** One element of a list that is not empty, chosen by a hash. */
export function pick<T>(list: readonly T[], chosenBy: number): T {
  const element = list[chosenBy % list.length];
  if (element === undefined) throw new RangeError('pick: the list is empty');
  return element;
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** A prefix and 20 letters and digits, as OpenAI's ids look; the same for the same prefix, seed and number. */
export function idOf(prefix: string, seed: number, number: number): string {
  let salt = seed;
  for (const letter of prefix) salt = hash(salt, letter.charCodeAt(0));
  let id = prefix;
  for (let at = 0; at < 20; at++) id += alphabet[hash(salt, number, at) % alphabet.length];
  return id;
}
