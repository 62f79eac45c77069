/**
 * Text that a spreadsheet runs as a formula, whatever stands before its sign that is dropped on the way: LibreOffice
 * drops NUL, Excel blanks, a Japanese keyboard's signs are formulas too. Apostrophes count as well, so that taking one
 * away from whatever fits this gives back exactly what was guarded. Without an end: papaparse's own pattern wants the
 * whole text on one line, so that a second line switches it off.
 */
export const FORMULA = /^[\s'\p{Cc}\p{Default_Ignorable_Code_Point}\p{Cf}]*[=+\-@|\t\r\uff1d\uff0b\uff0d\uff20]/u;

/** What a spreadsheet may take for the end of a cell, if it expects another separator than ours. */
export const OTHER_SEPARATOR = /[;\t|]/;

/**
 * The place within a text where a formula begins if a cell does: after another separator, or after the end of a line,
 * which ends the row where the quotes before it are not seen. The ends of lines among what is dropped are left to their
 * own turn, since a text of a million of them would be read a million times.
 */
const FORMULA_WITHIN =
  /(?<=[;\t|\r\n])(?=(?:(?![\t\r\n])[\s'"\p{Cc}\p{Default_Ignorable_Code_Point}\p{Cf}])*[=+\-@|\uff1d\uff0b\uff0d\uff20])/gu;

/**
 * The text with an apostrophe wherever a formula would begin if its file were read with another separator than the comma:
 * Excel reads it with the semicolon where the comma parts decimals. One taken from each such place gives the text back.
 */
export function guardedWithin(text: string): string {
  return text.replace(FORMULA_WITHIN, "'");
}
