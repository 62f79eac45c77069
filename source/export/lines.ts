import type {Dataset} from '../usage/dataset.ts';
import type {RowNumbers} from '../view/rows.ts';
import {type Cells, cellsOf, type Notation} from './cells.ts';
import {slack, Texts} from './texts.ts';

/** Rows of a dataset as lines of values with commas between them. */
export class Lines {
  readonly #cells: readonly Cells[];
  readonly #lineLength: number;
  readonly #texts = new Texts();
  readonly #start;
  readonly #end;
  #buffer = new ArrayBuffer(0);

  constructor(columns: Dataset['columns'], notation: Notation) {
    this.#cells = columns.map((column, index) => cellsOf(column, index === 0, notation));
    this.#start = this.#texts.add(notation.lineStart);
    this.#end = this.#texts.add(notation.lineEnd);
    this.#lineLength = this.#end.end - this.#start.start;
  }

  /** The lines of these rows, in a buffer that the next ones are written into as well. */
  of(rows: RowNumbers): Uint8Array {
    const cells = this.#cells;
    // All room is made beforehand: asking for it at every value takes a third longer.
    let room = rows.length * this.#lineLength + slack;
    for (const cell of cells) room += cell.room(rows);
    if (this.#buffer.byteLength < room) this.#buffer = new ArrayBuffer(Math.ceil(1.5 * room));

    const line = new DataView(this.#buffer);
    let at = 0;
    for (let index = 0; index < rows.length; index++) {
      const row = rows[index] ?? 0;
      at = this.#texts.copy(this.#start.start, this.#start.end, line, at);
      for (const cell of cells) at = cell.put(row, line, at);
      at = this.#texts.copy(this.#end.start, this.#end.end, line, at);
    }
    return new Uint8Array(this.#buffer, 0, at);
  }
}
