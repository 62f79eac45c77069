import {fitText, widthOf} from '../view/width.ts';
import {wrapText} from './wrap.ts';

/**
 * Printable text in at most so many lines. Where it needs more, its paths lose their middle before it loses its end: that
 * says what to do. What is still too long shows by dots that it goes on.
 */
export function fittedLines(sentence: string, width: number, most: number): readonly string[] {
  const text = sentence.slice(0, LONGEST);
  const whole = wrapText(text, width);
  if (whole.length <= most) return whole;
  const words = text.split(' ');
  const within = (length: number) => wrapText(words.map(word => shortened(word, length)).join(' '), width);
  if (within(SHORTEST_PATH).length <= most) {
    for (let length = width * (most - 1); ; length -= 4) {
      const lines = within(Math.max(SHORTEST_PATH, length));
      if (lines.length <= most) return lines;
    }
  }
  const last = whole[most - 1] ?? '';
  return [
    ...whole.slice(0, most - 1),
    `${fitText(last, Math.min(widthOf(last), width - 4), 'left', '').trimEnd()} ...`,
  ];
}

/** Two paths as long as Linux takes them, and the words around them; of what was pasted, nobody sees as much. */
const LONGEST = 10_000;

/** In fewer characters nobody knows a path again. */
const SHORTEST_PATH = 12;

/** A path's beginning and its end, in so many characters. Other words stay. */
function shortened(word: string, length: number): string {
  if (word.length <= length || !/[/\\]/.test(word)) return word;
  const characters = [...word];
  const half = Math.floor((length - 3) / 2);
  return `${characters.slice(0, half).join('')}...${characters.slice(-half).join('')}`;
}
