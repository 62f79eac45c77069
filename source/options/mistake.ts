/** Wrong usage: one sentence that names the argument, says what is wrong with it and shows a right one. */
export class UsageMistake extends Error {
  override readonly name = 'UsageMistake';
  readonly exitCode = 2;
}

/**
 * Whether there is a key in a text, by the forms that OpenAI gives its own: one that was put in a wrong place. Of a word
 * that merely begins with `sk-` there are too many.
 */
export function holdsKey(text: string): boolean {
  return /(?<![\p{L}\p{N}])sk-(?:(?:admin|proj|svcacct)-[\w-]{8,}|[A-Za-z0-9]{32,})/u.test(text);
}

/**
 * What was typed, in quotes, with control and direction characters escaped, and 60 characters of it at most. A key that was given in the
 * wrong place is not repeated: messages end in logs and in screenshots.
 */
export function quoted(text: string): string {
  const harmless = text.replace(/sk-[\w-]+/g, 'sk-…');
  const short = harmless.length > 60 ? `${harmless.slice(0, 59)}…` : harmless;
  // JSON leaves DEL, the second row of control characters (0x9b begins a terminal's sequence) and bidi overrides.
  return JSON.stringify(short).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, character => {
    const code = character.codePointAt(0) ?? 0;
    return `\\u${code.toString(16).padStart(4, '0')}`;
  });
}

/**
 * The candidate that was probably meant: one that the word begins, or a later part of which it begins (three letters at
 * least), or a slip or two away. How words are parted, and capitals, count for nothing.
 */
export function nearest<Name extends string>(word: string, candidates: readonly Name[]): Name | undefined {
  const typed = plain(word);
  const begun: readonly Name[] | undefined =
    typed.length < 3
      ? []
      : [
          candidates.filter(candidate => plain(candidate).startsWith(typed)),
          candidates.filter(candidate => plain(candidate).includes(`-${typed}`)),
        ].find(found => found.length > 0);
  if (begun?.length === 1) return begun[0];
  // Of five letters one may be wrong, of eleven two: with more, words are found that have nothing to do with each other.
  const tolerance = typed.length < 3 ? 0 : typed.length < 6 ? 1 : typed.length < 12 ? 2 : 3;
  return candidates
    .map(candidate => ({candidate, distance: distance(typed, plain(candidate))}))
    .filter(each => each.distance <= tolerance)
    .sort((left, right) => left.distance - right.distance)[0]?.candidate;
}

function plain(word: string): string {
  return word
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_]+/g, '-');
}

/**
 * Letters to insert, delete, replace or swap with their neighbour until one word is the other (optimal string alignment:
 * a swapped pair, the commonest slip of the fingers, counts once).
 */
function distance(left: string, right: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({length: right.length + 1}, (_, column) => column);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let column = 1; column <= right.length; column++) {
      const isSame = left[row - 1] === right[column - 1];
      const isSwap = left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      current[column] = Math.min(
        at(last, column) + 1,
        at(current, column - 1) + 1,
        at(last, column - 1) + (isSame ? 0 : 1),
        isSwap ? at(beforeLast, column - 2) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    beforeLast = last;
    last = current;
  }
  return at(last, right.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
