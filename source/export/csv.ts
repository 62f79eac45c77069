import Papa from 'papaparse';
import type {Dataset} from '../usage/dataset.ts';
import {plainDecimal} from '../view/decimal.ts';
import {FORMULA, guardedWithin, OTHER_SEPARATOR} from '../view/formula.ts';
import {type Chunk, type ChunkOptions, lineChunks} from './chunks.ts';

/** In quotes, so that no second cell begins within a text where commas, semicolons and tabs all part cells (LibreOffice). */
const quotes = {escapeFormulae: FORMULA, quotes: (text: string) => OTHER_SEPARATOR.test(text)};

const guarded = (texts: readonly string[]) => Papa.unparse([texts.map(guardedWithin)], quotes);

const unguarded = (texts: readonly string[]) => Papa.unparse([[...texts]]);

export type CsvOptions = ChunkOptions & {
  /** A byte-order mark and CRLF, which Excel wants; else neither. */
  readonly excel?: boolean;
  /** On unless false: text that a spreadsheet would run as a formula, whatever its separator, gets an apostrophe. */
  readonly formulaGuard?: boolean;
};

/**
 * The dataset as CSV (RFC 4180), in pieces of whole lines: the header first, then some thousand rows at a time.
 * An absent value is an empty field; numbers have neither separators nor exponents.
 */
export function* csvChunks(dataset: Dataset, options: CsvOptions = {}): Generator<Chunk, void, undefined> {
  const {excel = false, formulaGuard = true} = options;
  const newline = excel ? '\r\n' : '\n';
  const written = formulaGuard ? guarded : unguarded;
  const names = dataset.columns.map(column => column.name);
  yield (excel ? Papa.BYTE_ORDER_MARK : '') + written(names) + newline;

  const notation = {
    number: plainDecimal,
    text: (value: string) => written([value]),
    absent: '',
    lineStart: '',
    lineEnd: newline,
  };
  yield* lineChunks(dataset, notation, options);
}
