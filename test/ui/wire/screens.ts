import headless from '@xterm/headless';
import fc from 'fast-check';
import type {Size} from '../../../source/ui/layout.ts';
import {widthOf} from '../../../source/view/width.ts';

/** Resolves when the emulator has drawn all that it was given. */
export function drawn(emulator: headless.Terminal): Promise<void> {
  return new Promise(resolve => emulator.write('', resolve));
}

/** A terminal's cells, one text for each: what stands in it and how. */
export async function cellsOn(emulator: headless.Terminal): Promise<readonly string[]> {
  await drawn(emulator);
  const {active} = emulator.buffer;
  const cells: string[] = [];
  for (let y = 0; y < emulator.rows; y++) {
    const line = active.getLine(active.baseY + y);
    for (let x = 0; x < emulator.cols; x++) {
      const cell = line?.getCell(x);
      const look = [
        cell?.isBold(),
        cell?.isDim(),
        cell?.isItalic(),
        cell?.isUnderline(),
        cell?.isInverse(),
        cell?.isStrikethrough(),
        cell?.getFgColorMode(),
        cell?.getFgColor(),
        cell?.getBgColorMode(),
        cell?.getBgColor(),
      ].map(Number);
      // Half of a wide character is no blank; a cell that nothing was ever written to is one.
      const character = cell?.getWidth() === 0 ? '' : cell?.getChars() || ' ';
      cells.push(`${y},${x} ${character} ${look.join(' ')}`);
    }
  }
  return cells;
}

/** A terminal on its other screen, as a full-screen program finds it. */
export function terminalOf({columns, rows}: Size): headless.Terminal {
  const emulator = new headless.Terminal({cols: columns, rows, allowProposedApi: true});
  emulator.write('\x1b[?1049h');
  return emulator;
}

const plain = fc.constantFrom(
  'row',
  'x',
  ' ',
  '    ',
  '1,204,511',
  'gpt-5.4',
  'completions',
  '·',
  '→',
  '│',
  'é',
  'Ж',
  '⠋',
);
const wide = fc.constantFrom('日本', '語', '한국', '（', '你好世界');
/** Terminals disagree about the widths of these. */
const uncertain = fc.constantFrom('😀', '👩‍👩‍👧', '🇫🇷', '❤️', 'e\u0301', 'क्ष', '⌚', '👍🏽', 'ก็', '\u0301');
const codes = fc.constantFrom(
  '',
  '7',
  '1',
  '2',
  '4',
  '3',
  '9',
  '31',
  '36;1',
  '7;32',
  '44',
  '1;2',
  '38;5;208',
  '48;2;1;2;3',
);

function pieces(texts: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .array(fc.tuple(codes, texts), {maxLength: 8})
    .map(parts => parts.map(([code, text]) => (code === '' ? text : `\x1b[${code}m${text}\x1b[0m`)).join(''));
}

/** Lines that every terminal draws alike. */
export const certainLine = pieces(fc.oneof({weight: 4, arbitrary: plain}, {weight: 1, arbitrary: wide}));

export const anyLine = pieces(
  fc.oneof({weight: 6, arbitrary: plain}, {weight: 1, arbitrary: wide}, {weight: 1, arbitrary: uncertain}),
);

/** A line that fits, as Ink cuts it; for lines whose widths are certain. */
export function cutLine(line: string, columns: number): string {
  let cut = '';
  let room = columns;
  for (const [piece] of line.matchAll(/\x1b\[[\d;]*m|./gsu)) {
    const width = piece.startsWith('\x1b') ? 0 : widthOf(piece);
    cut += width <= room ? piece : ' '.repeat(room);
    room -= Math.min(room, width);
  }
  return cut;
}

/** What happens to a screen from one frame to the next. */
type Change =
  | {readonly kind: 'scroll'; readonly top: number; readonly height: number; readonly up: number}
  | {readonly kind: 'lines'; readonly at: readonly number[]}
  | {readonly kind: 'all'};

export type Step = {
  readonly change: Change;
  /** Another size from here on, or nothing is known of the terminal. */
  readonly size?: Size | undefined;
  readonly isForgotten: boolean;
};

export const sizes: fc.Arbitrary<Size> = fc.oneof(
  // The emulator knows no terminal of one column.
  {weight: 6, arbitrary: fc.record({columns: fc.integer({min: 2, max: 12}), rows: fc.integer({min: 1, max: 6})})},
  {weight: 12, arbitrary: fc.record({columns: fc.integer({min: 10, max: 60}), rows: fc.integer({min: 2, max: 16})})},
  {weight: 1, arbitrary: fc.constantFrom({columns: 80, rows: 24}, {columns: 200, rows: 50})},
);

export const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.record({
    change: fc.oneof(
      fc.record({
        kind: fc.constant('scroll' as const),
        top: fc.nat(12),
        height: fc.nat(16),
        up: fc.integer({min: -6, max: 6}),
      }),
      fc.record({kind: fc.constant('lines' as const), at: fc.array(fc.nat(15), {maxLength: 3})}),
      fc.record({kind: fc.constant('all' as const)}),
    ),
    size: fc.option(sizes, {nil: undefined, freq: 8}),
    isForgotten: fc.nat(9).map(number => number === 0),
  }),
  {minLength: 1, maxLength: 6},
);

/** The lines after a change, new ones taken from `next`. */
export function changed(lines: readonly string[], change: Change, next: () => string): readonly string[] {
  switch (change.kind) {
    case 'all':
      return lines.map(next);
    case 'lines':
      return lines.map((line, row) => (change.at.includes(row) ? next() : line));
    case 'scroll': {
      const {top, height, up} = change;
      const isInside = (row: number) => row >= top && row < top + height;
      return lines.map((line, row) => {
        if (!isInside(row)) return line;
        return isInside(row + up) ? (lines[row + up] ?? next()) : next();
      });
    }
  }
}
