import {printableName} from '../view/printable.ts';
import {fitText, widthOf} from '../view/width.ts';
import type {ColumnItem} from './state/columns-chooser.ts';
import type {Glyphs} from './theme.ts';

/** From so many columns of text on, a line has room for words about the column. */
const ROOM_FOR_WORDS = 60;

/** Room for the longest name there is, but never so much that nothing else is to be seen. */
export function nameWidth(names: readonly string[], width: number): number {
  // Not Math.max(...): whoever answers says how many names there are, and the stack has no room for all of them.
  const widest = names.reduce((most, name) => Math.max(most, widthOf(printableName(name))), 0);
  return Math.min(widest, Math.floor(width / 2));
}

/** `[✓] input_tokens  width 14  number  usage`; on a narrow screen `[✓] input_tokens  14  usage`. */
export function columnLine(item: ColumnItem, names: number, width: number, glyphs: Glyphs): string {
  const {name, kind, isShown, isFrozen, isHiddenId, about, width: own} = item;
  const box = isShown ? glyphs.checked : glyphs.unchecked;
  const head = `${box} ${fitText(printableName(name), names, 'left', glyphs.ellipsis)}`;
  const hasWords = width >= ROOM_FOR_WORDS;
  if (isHiddenId && hasWords) return `${head}  hidden: its name stands beside it${isFrozen ? ', frozen' : ''}`;
  const size = own === undefined ? '  ' : String(own).padStart(2);
  const facts = hasWords ? [fitText(own === undefined ? '' : `width ${size}`, 8), fitText(kind, 7)] : [size];
  const marks = [...(isFrozen ? ['frozen'] : []), ...(about ? [about] : [])].join(', ');
  return [head, ...facts, marks].join('  ').trimEnd();
}
