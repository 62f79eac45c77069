import {brief} from '../api/brief.ts';

/** Neutral width (one column everywhere, unlike the middle dot, which East Asian terminals draw two columns wide). */
const PLACEHOLDER = '\u22c5';

const PLAIN = /^[ -~]*$/;

/**
 * Whatever moves the cursor, reorders or hides text, or has a width that terminals disagree about: controls, formats
 * (bidi, joiners, tags), lone surrogates, line ends, everything ignorable (fillers, variation selectors), keycaps,
 * skin tones, regional indicators.
 */
const RISKY =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Emoji_Modifier}\p{Regional_Indicator}]|\u20e3/gu;

/** How an emoji is to look: no terminal is asked for that, and nothing is hidden by leaving it out. */
const EMOJI_STYLE = /(?<=\p{Extended_Pictographic})[\ufe0e\ufe0f\p{Emoji_Modifier}]+/gu;

/**
 * More marks on one letter than any language has. Thousands of them would be drawn over the lines above and sent with
 * every frame, and putting so many into their order takes time that grows with the square.
 */
const HEAPED = /([\p{Nonspacing_Mark}\p{Enclosing_Mark}]{8})[\p{Nonspacing_Mark}\p{Enclosing_Mark}]+/gu;

/**
 * The text made harmless for a terminal: one line, with each code point as wide as `widthOf` measures
 * it. Control characters show as their pictures (`␛`), flags as their letters, other risky characters, and all marks
 * on a letter after the eighth, as `⋅`.
 * Printable text comes back unchanged.
 */
export function printable(text: string): string {
  if (PLAIN.test(text)) return text;
  // Composed, so that Hangul syllables do not come apart and an accent takes no code point of its own.
  const flat = text.replace(EMOJI_STYLE, '').replace(RISKY, replacement);
  // Some letters come apart by it into a letter and its mark.
  return withoutHeaps(withoutHeaps(flat).normalize('NFC'));
}

/** Far more than the widest cell shows: making 24 names of 100,000 characters harmless takes half a second a frame. */
export const LONGEST_SHOWN = 2000;

/** The same of a name of which a line or a cell shows a part: of one that is longer than any of them, its beginning. */
export function printableName(name: string): string {
  return printable(brief(name, LONGEST_SHOWN));
}

function withoutHeaps(text: string): string {
  return text.replace(HEAPED, `$1${PLACEHOLDER}`);
}

function replacement(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  if (code >= 0x1f1e6 && code <= 0x1f1ff) return String.fromCharCode(code - 0x1f1e6 + 0x41);
  return PLACEHOLDER;
}
