import {eastAsianWidth} from 'get-east-asian-width';

export type Align = 'left' | 'right';

const PLAIN = /^[ -~]*$/;
const COMBINING = /^[\p{Nonspacing_Mark}\p{Enclosing_Mark}]$/u;

/**
 * Columns that printable text takes in a terminal: the sum of its code points, with the table of widths that Ink uses.
 * Ink itself measures by grapheme cluster, which calls Devanagari's क्ष one column where most terminals draw two; for
 * printable text that is the only kind of difference, and this is never the smaller number of the two.
 */
export function widthOf(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += widthOfCharacter(character);
  return width;
}

/**
 * The same as `widthOf` up to `most`, else some width beyond it: a name of a million characters, of which a cell shows
 * twenty, is not read to its end.
 */
export function widthUpTo(text: string, most: number): number {
  if (text.length <= 2 * most) return widthOf(text);
  let width = 0;
  for (const character of text) {
    width += widthOfCharacter(character);
    if (width > most) break;
  }
  return width;
}

/**
 * Printable text in exactly `width` columns: padded, or cut with the ellipsis at the end. Marks stay with their letter;
 * where half a wide character would stand, a space does.
 */
export function fitText(text: string, width: number, align: Align = 'left', ellipsis = '…'): string {
  if (width <= 0) return '';
  const used = widthUpTo(text, width);
  if (used > width) return cut(text, width, ellipsis);
  const padding = ' '.repeat(width - used);
  return align === 'right' ? padding + text : text + padding;
}

function cut(text: string, width: number, ellipsis: string): string {
  const ending = widthOf(ellipsis) < width ? ellipsis : '';
  const room = width - widthOf(ending);
  let end = 0;
  let used = 0;
  for (const character of text) {
    const more = widthOfCharacter(character);
    if (used + more > room) break;
    used += more;
    end += character.length;
  }
  return text.slice(0, end) + ending + ' '.repeat(room - used);
}

function widthOfCharacter(character: string): number {
  if (character <= '~') return 1;
  return COMBINING.test(character) ? 0 : eastAsianWidth(character.codePointAt(0) ?? 0);
}
