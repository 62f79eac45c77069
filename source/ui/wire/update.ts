import type {Abilities} from './abilities.ts';
import {NO_CELLS} from './cells.ts';
import type {Frame} from './frame.ts';
import {Pen} from './pen.ts';
import {scrollBetween, scrolled} from './scroll.ts';

/** What is shorter reaches a terminal in one piece, so that it shows no half of it. */
const LEAST_SYNCHRONIZED = 1000;

/**
 * What to send to a terminal that shows `before` so that it shows `after`; nothing where they look alike. Without a
 * `before`, or at another size, nothing is taken for granted: the screen is cleared and drawn whole.
 */
export function update(before: Frame | undefined, after: Frame, abilities: Abilities): string {
  const pen = new Pen(after, abilities);
  const isKnown = before?.columns === after.columns && before.rows === after.rows;
  let lines = isKnown ? before.lines : [];
  if (isKnown) {
    const scroll = scrollBetween(lines, after.lines);
    if (scroll) {
      pen.scroll(scroll.top, scroll.bottom, scroll.up);
      lines = scrolled(lines, scroll);
    }
  } else pen.clear();
  for (const [row, line] of after.lines.entries()) {
    const current = lines[row] ?? NO_CELLS;
    if (current !== line) pen.draw(row, current, line);
  }
  pen.end();
  const {bytes} = pen;
  return abilities.canSynchronize && bytes.length > LEAST_SYNCHRONIZED ? `\x1b[?2026h${bytes}\x1b[?2026l` : bytes;
}
