import {widthOf} from '../view/width.ts';
import {helpFor} from './key-labels.ts';
import type {Screen} from './keymap.ts';
import type {OverlayLine} from './state/overlay.ts';
import type {Glyphs} from './theme.ts';
import {wrapText} from './wrap.ts';

/** The help screen's lines: the key map, one group below the other, keys and meaning in two columns. */
export function helpLines(glyphs: Glyphs, width: number, from?: Screen): readonly OverlayLine[] {
  return helpFor(glyphs, from).flatMap(({title, entries}, index) => {
    const keysWidth = Math.max(...entries.map(({keys}) => widthOf(keys)));
    const lines = entries.flatMap(({keys, help}) => {
      const padded = `  ${keys}${' '.repeat(keysWidth - widthOf(keys))}  `;
      return wrapText(help, Math.max(8, width - widthOf(padded))).map((part, line) =>
        line === 0 ? padded + part : ' '.repeat(widthOf(padded)) + part,
      );
    });
    const heading = {text: title, isHeading: true};
    const plain = lines.map(text => ({text, isHeading: false}));
    return index === 0 ? [heading, ...plain] : [{text: '', isHeading: false}, heading, ...plain];
  });
}
