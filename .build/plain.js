/**
 * A class of characters for a regular expression: printable ASCII, and what our screens draw beside it. Each takes one
 * column, and none joins with a neighbour, so that neither string-width nor Intl.Segmenter has to be asked.
 */
export const PLAIN =
  ' -~\\u00a1-\\u00ac\\u00ae-\\u02ff\\u2010-\\u2027\\u2190-\\u21ff\\u2500-\\u25fc\\u2713\\u2717\\u276f\\u2800-\\u28ff';
