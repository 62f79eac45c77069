import {fitText, widthOf, widthUpTo} from '../view/width.ts';

/** What stands before the first line, and before those that go on with it. */
type Indent = {readonly first?: string; readonly rest?: string};

/** Printable text in lines of at most `width` columns, broken between words; a word that is too long is cut in two. */
export function wrapText(text: string, width: number, {first = '', rest = ''}: Indent = {}): readonly string[] {
  if (width <= Math.max(widthOf(first), widthOf(rest))) return [fitText(text, Math.max(0, width))];
  const lines: string[] = [];
  let line = first;
  let isEmpty = true;
  const next = () => {
    lines.push(line);
    line = rest;
    isEmpty = true;
  };
  for (const word of text.split(' ')) {
    let left = isEmpty ? word : ` ${word}`;
    // A word that fits on no line begins where the last one ended.
    if (!isEmpty && widthUpTo(line + left, width) > width && widthUpTo(rest + word, width) <= width) {
      next();
      left = word;
    }
    while (widthUpTo(line + left, width) > width) {
      const head = fitText(left, width - widthOf(line), 'left', '').trimEnd();
      // A wide character in a single column: nothing of it fits anywhere.
      if (head === '' && isEmpty) return [...lines, line];
      line += head;
      left = head === '' ? word : left.slice(head.length);
      next();
    }
    line += left;
    isEmpty = false;
  }
  return [...lines, line];
}
