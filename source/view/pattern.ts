/** Plain text to look for, with smart case: all lower case ignores case, any capital compares exactly. */
export type Pattern = {
  readonly text: string;
  /** Whether the text contains the pattern; never, where the pattern is empty. */
  readonly isMatch: (text: string) => boolean;
  /** Where it does: UTF-16 offsets into the text as it was given, in order, not overlapping. */
  readonly spans: (text: string) => readonly (readonly [from: number, to: number])[];
};

/** The pattern that was typed. No character of it has a meaning of its own. */
export function patternOf(text: string): Pattern {
  const {sought, fold} = smartCase(text);
  return {
    text,
    isMatch: cell => sought !== '' && fold(cell).includes(sought),
    spans: cell => (sought === '' ? [] : spansOf(fold(cell), sought)),
  };
}

/** Tells the texts that are the given one as a whole, with smart case too. */
export function wholeOf(text: string): (cell: string) => boolean {
  const {sought, fold} = smartCase(text);
  return cell => fold(cell) === sought;
}

/** Composed, as `printable` composes what is shown: what is pasted from a Mac's file name comes in pieces. */
function smartCase(text: string): {readonly sought: string; readonly fold: (text: string) => string} {
  const sought = text.normalize('NFC');
  return {sought, fold: sought === lowerCase(sought) ? lowerCase : same => same};
}

function spansOf(text: string, sought: string): [from: number, to: number][] {
  const spans: [from: number, to: number][] = [];
  for (let from = text.indexOf(sought); from !== -1; from = text.indexOf(sought, from + sought.length)) {
    spans.push([from, from + sought.length]);
  }
  return spans;
}

/**
 * Unicode's simple lower case, which maps unit to unit, so that offsets stay. `toLowerCase` maps like that but for two
 * letters: İ becomes two characters, and Σ looks at its neighbours.
 */
function lowerCase(text: string): string {
  return text.replaceAll('\u0130', 'i').replaceAll('\u03a3', '\u03c3').toLowerCase();
}
