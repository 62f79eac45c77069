/**
 * Text that a spreadsheet runs as a formula. Without an end: papaparse's own pattern wants the whole text on one line, so
 * that a second line switches it off.
 */
export const FORMULA = /^\s*[=+\-@|\t\r]/;
