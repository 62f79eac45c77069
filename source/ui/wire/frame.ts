import type {Size} from '../layout.ts';
import {type Cells, cellsOf, NO_CELLS} from './cells.ts';

/** What is on a screen, or is to be. */
export type Frame = Size & {
  /** The lines as Ink wrote them. */
  readonly texts: readonly string[];
  /** The same by columns, one for each row of the screen. */
  readonly lines: readonly Cells[];
};

/** The cells of a frame's text. Lines that the frame before it had are not read again, wherever they stood. */
export function frameOf(text: string, {columns, rows}: Size, before: Frame | undefined): Frame {
  const known = new Map<string, Cells>();
  if (before?.columns === columns) {
    for (const [row, line] of before.texts.entries()) known.set(line, before.lines[row] ?? NO_CELLS);
  }
  const texts = text.split('\n').slice(0, rows);
  const lines = Array.from({length: rows}, (_, row) => {
    const line = texts[row] ?? '';
    return line === '' ? NO_CELLS : (known.get(line) ?? cellsOf(line, columns));
  });
  return {columns, rows, texts, lines};
}
