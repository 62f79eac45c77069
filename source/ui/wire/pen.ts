import type {Size} from '../layout.ts';
import type {Abilities} from './abilities.ts';
import type {Cells} from './cells.ts';
import {move, type Place} from './moves.ts';
import {PLAIN, type Style, styleChange} from './style.ts';

/** Draws on a terminal, keeping account of where the cursor is and how it writes; `bytes` is what to send. */
export class Pen {
  bytes = '';
  readonly #size: Size;
  readonly #abilities: Abilities;
  #place: Place;
  #style: Style = PLAIN;

  /** Begins somewhere unknown: another program may have written in between. */
  constructor(size: Size, abilities: Abilities) {
    this.#size = size;
    this.#abilities = abilities;
  }

  /** Everything blank, and whatever could be in the way put back: attributes and scroll margins. */
  clear(): void {
    this.bytes += `\x1b[m\x1b[1;${this.#size.rows}r\x1b[H\x1b[J`;
    this.#place = {row: 0, column: 0};
    this.#style = PLAIN;
  }

  /** Moves the lines from `top` to `bottom`, both included, up by so many (down where negative). */
  scroll(top: number, bottom: number, up: number): void {
    const count = Math.abs(up);
    this.style(PLAIN);
    this.bytes += `\x1b[${top + 1};${bottom + 1}r`;
    // By SU and SD it would be a jump less, but not every emulator has them (pyte, the Linux console).
    const byLines = move(undefined, up > 0 ? bottom : top, 0) + (up > 0 ? '\x1bD' : '\x1bM').repeat(count);
    const atOnce = `${move(undefined, top, 0)}\x1b[${count === 1 ? '' : count}${up > 0 ? 'M' : 'L'}`;
    this.bytes += this.#abilities.canDeleteLines && atOnce.length < byLines.length ? atOnce : byLines;
    // Without numbers some emulators (pyte) keep the lower margin. It brings the cursor home, but not everywhere.
    this.bytes += `\x1b[1;${this.#size.rows}r`;
    this.#place = undefined;
  }

  /** Turns a line that looks like `before` into one that looks like `after`. */
  draw(row: number, before: Cells, after: Cells): void {
    if (before.isUncertain || after.isUncertain) {
      this.#drawWhole(row, before, after);
      return;
    }
    const length = after.characters.length;
    let column = 0;
    while (column < length) {
      if (isSame(before, after, column)) {
        column++;
        continue;
      }
      let end = column + 1;
      while (end < length && !isSame(before, after, end)) end++;
      this.#goTo(row, column, after);
      this.#write(after, column, end);
      column = end;
    }
    if (before.characters.length > length) this.#eraseFrom(row, length, after);
  }

  /** Leaves nothing behind that would colour what others write. */
  end(): void {
    this.style(PLAIN);
  }

  style(style: Style): void {
    this.bytes += styleChange(this.#style, style, this.#abilities.canSwitchOff);
    this.#style = style;
  }

  /** Width is uncertain from the first such character on, so each of them is followed by a place in numbers. */
  #drawWhole(row: number, before: Cells, after: Cells): void {
    if (isEqual(before, after)) return;
    if (before.characters.length > 0) {
      this.style(PLAIN);
      this.bytes += `${move(this.#place, row, 0)}\x1b[K`;
      this.#place = {row, column: 0};
    }
    const {characters, styles} = after;
    for (const [column, character] of characters.entries()) {
      if (character === '' || (character === ' ' && styles[column] === PLAIN)) continue;
      this.#goTo(row, column, after);
      this.#write(after, column, column + 1);
      if (after.isUncertain && (character > '~' || character.length > 1)) this.#place = undefined;
    }
  }

  /** Over what stands there already, where that is shorter than a jump. */
  #goTo(row: number, column: number, line: Cells): void {
    const place = this.#place;
    const gap = column - (place?.column ?? 0);
    if (place?.row !== row || gap <= 0 || gap > 8) {
      this.#jump(row, column);
      return;
    }
    const {bytes} = this;
    const style = this.#style;
    const {canSwitchOff} = this.#abilities;
    const target = line.styles[column] ?? PLAIN;
    const jump = move(place, row, column);
    this.#write(line, place.column, column);
    const written = this.bytes.slice(bytes.length) + styleChange(this.#style, target, canSwitchOff);
    if (Buffer.byteLength(written) <= jump.length + styleChange(style, target, canSwitchOff).length) return;
    this.bytes = bytes + jump;
    this.#style = style;
    this.#place = {row, column};
  }

  #jump(row: number, column: number): void {
    this.bytes += move(this.#place, row, column);
    this.#place = {row, column};
  }

  /** Writes the cells from the cursor on; `from` is where it stands. */
  #write({characters, styles}: Cells, from: number, to: number): void {
    for (let column = from; column < to; column++) {
      const character = characters[column] ?? ' ';
      if (character === '') continue;
      this.style(styles[column] ?? PLAIN);
      this.bytes += character;
    }
    // The second half of a wide character came with the first, also of one that ends beyond `to`.
    let end = to;
    while (characters[end] === '') end++;
    // After the last column a terminal waits for the next character to wrap, or has wrapped already.
    this.#place = this.#place && end < this.#size.columns ? {row: this.#place.row, column: end} : undefined;
  }

  /** Written blanks would be one or two bytes less, but a selection with the mouse takes them along. */
  #eraseFrom(row: number, column: number, line: Cells): void {
    this.#goTo(row, column, line);
    this.style(PLAIN);
    this.bytes += '\x1b[K';
  }
}

function isSame(before: Cells, after: Cells, column: number): boolean {
  const isThere = column < before.characters.length;
  const character = isThere ? before.characters[column] : ' ';
  const style = isThere ? before.styles[column] : PLAIN;
  return character === after.characters[column] && style === after.styles[column];
}

/** Whether two lines look alike. */
function isEqual(one: Cells, other: Cells): boolean {
  if (one === other) return true;
  if (one.characters.length !== other.characters.length) return false;
  return one.characters.every((_, column) => isSame(other, one, column));
}
