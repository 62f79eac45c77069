/**
 * Text that a spreadsheet runs as a formula, whatever stands before its sign that is dropped on the way: LibreOffice
 * drops NUL, Excel blanks, a Japanese keyboard's signs are formulas too. Apostrophes count as well, so that taking one
 * away from whatever fits this gives back exactly what was guarded. Without an end: papaparse's own pattern wants the
 * whole text on one line, so that a second line switches it off.
 */
export const FORMULA = /^[\s'\p{Cc}\p{Default_Ignorable_Code_Point}\p{Cf}]*[=+\-@|\t\r\uff1d\uff0b\uff0d\uff20]/u;

/** What a spreadsheet may take for the end of a cell, if it expects another separator than ours. */
export const OTHER_SEPARATOR = /[;\t|]/;
