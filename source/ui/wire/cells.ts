import stringWidth from 'string-width';
import {PLAIN, type Style, withCodes} from './style.ts';

/** One line of the screen by columns, without the plain blanks at its end. */
export type Cells = {
  /** What stands in each column; the second half of a wide character is an empty string. */
  readonly characters: readonly string[];
  readonly styles: readonly Style[];
  /**
   * Whether it holds characters about whose width terminals disagree (emoji, marks, flags). After one of them the
   * cursor may be anywhere, and what it covered may not be what we think: such a line is always drawn whole.
   */
  readonly isUncertain: boolean;
};

export const NO_CELLS: Cells = {characters: [], styles: [], isUncertain: false};

const SEQUENCE = /\x1b(?:\[([0-?]*)[ -/]*([@-~])|\][^\x07\x1b]*(?:\x07|\x1b\\)|.?)/y;
const ASCII = /^[ -~]*$/;

/** The cells of one line of a frame, at most `columns` of them. Only SGR means anything in it; other sequences go. */
export function cellsOf(line: string, columns: number): Cells {
  const row = new Row(columns);
  let at = 0;
  while (at < line.length) {
    if (line[at] === '\x1b') {
      SEQUENCE.lastIndex = at;
      const [sequence = '\x1b', parameters = '', last = ''] = SEQUENCE.exec(line) ?? [];
      if (last === 'm') row.style = withCodes(row.style, parameters);
      at += sequence.length;
    } else {
      const next = line.indexOf('\x1b', at);
      const end = next === -1 ? line.length : next;
      row.add(line.slice(at, end));
      at = end;
    }
  }
  return row.cells();
}

class Row {
  style: Style = PLAIN;
  readonly #columns: number;
  readonly #characters: string[] = [];
  readonly #styles: Style[] = [];
  #isUncertain = false;

  constructor(columns: number) {
    this.#columns = columns;
  }

  add(text: string): void {
    if (ASCII.test(text)) {
      for (let index = 0; index < text.length; index++) this.#put(text[index] ?? '', 1);
      return;
    }
    const characters = [...text];
    const widths = characters.map(character => certainWidth(character.codePointAt(0) ?? 0));
    if (!widths.includes(0)) {
      for (const [index, character] of characters.entries()) this.#put(character, widths[index] ?? 1);
      return;
    }
    for (const {segment} of new Intl.Segmenter('en', {granularity: 'grapheme'}).segment(text))
      this.#putCluster(segment);
  }

  cells(): Cells {
    let length = this.#characters.length;
    while (length > 0 && this.#characters[length - 1] === ' ' && this.#styles[length - 1] === PLAIN) length--;
    this.#characters.length = length;
    this.#styles.length = length;
    return {characters: this.#characters, styles: this.#styles, isUncertain: this.#isUncertain};
  }

  #putCluster(cluster: string): void {
    const first = cluster.codePointAt(0) ?? 0;
    if (first < 0x20 || (first >= 0x7f && first < 0xa0)) return;
    const single = String.fromCodePoint(first);
    const certain = certainWidth(first);
    if (single === cluster && certain > 0) {
      this.#put(cluster, certain);
      return;
    }
    this.#isUncertain = true;
    // As Ink lays it out: nothing takes less than a column. A mark without a letter gets a blank to stand on.
    const measured = stringWidth(cluster);
    const width = Math.max(1, measured);
    const room = this.#columns - this.#characters.length;
    // At the margin a terminal that takes it for wider would wrap, and scroll in the last row: its first part has to do.
    const fitting = [measured === 0 ? ` ${cluster}` : cluster, single].find(text => mostColumns(text) <= room);
    if (fitting !== undefined && width <= room) this.#put(fitting, width);
    else for (let blanks = 0; blanks < width; blanks++) this.#put(' ', 1);
  }

  #put(character: string, width: number): void {
    const room = this.#columns - this.#characters.length;
    if (room === 0) return;
    const isWhole = width <= room;
    this.#characters.push(isWhole ? character : ' ');
    this.#styles.push(this.style);
    if (!isWhole || width === 1) return;
    this.#characters.push('');
    this.#styles.push(this.style);
  }
}

/**
 * One or two columns for what every terminal draws alike: the scripts and signs of old, and the wide characters of East
 * Asia as they were before emoji. 0 for everything else.
 */
function certainWidth(code: number): 0 | 1 | 2 {
  if (code < 0x300) return (code >= 0x20 && code < 0x7f) || (code >= 0xa0 && code !== 0xad) ? 1 : 0;
  const isWide =
    (code >= 0x2e80 && code <= 0x3029) ||
    (code >= 0x3031 && code <= 0x303e) ||
    (code >= 0x3041 && code <= 0x3096) ||
    (code >= 0x309b && code <= 0x3247) ||
    (code >= 0x3250 && code <= 0x4dbf) ||
    (code >= 0x4e00 && code <= 0xa48c) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xff01 && code <= 0xff60) ||
    (code >= 0x20000 && code <= 0x3fffd);
  if (isWide) return 2;
  const isNarrow =
    (code >= 0x370 && code <= 0x482) ||
    (code >= 0x48a && code <= 0x52f) ||
    (code >= 0x2010 && code <= 0x2027) ||
    (code >= 0x2030 && code <= 0x205e) ||
    (code >= 0x20a0 && code <= 0x20bf) ||
    (code >= 0x2150 && code <= 0x22ff) ||
    (code >= 0x2500 && code <= 0x25fc) ||
    (code >= 0x2713 && code <= 0x2717) ||
    (code >= 0x276e && code <= 0x276f) ||
    (code >= 0x2800 && code <= 0x28ff);
  return isNarrow ? 1 : 0;
}

/** The columns that a terminal may take at most, if it knows of no clusters. */
function mostColumns(text: string): number {
  let columns = 0;
  for (const character of text)
    columns += Math.max(1, stringWidth(character), certainWidth(character.codePointAt(0) ?? 0));
  return columns;
}
