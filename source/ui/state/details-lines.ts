import {printableName} from '../../view/printable.ts';
import {fitText, widthOf} from '../../view/width.ts';
import {wrapText} from '../wrap.ts';
import type {DetailField} from './details-fields.ts';

/** `field` is the number of the field that the line belongs to: headings belong to the field under them. */
export type DetailLine = {
  readonly text: string;
  readonly field: number;
  readonly kind: 'heading' | 'value' | 'rest' | 'empty';
};

/** The fields as lines of at most `width` columns: names in a column of their own, long values wrapped beside it. */
export function detailLines(fields: readonly DetailField[], width: number, ellipsis: string): readonly DetailLine[] {
  // Not Math.max(...): whoever answers says how many fields there are, and the stack has no room for all of them.
  const widest = fields.reduce((most, {name}) => Math.max(most, widthOf(printableName(name))), 0);
  const nameWidth = Math.min(widest, Math.floor(width * 0.45));
  const rest = ' '.repeat(nameWidth + 2);
  return fields.flatMap(({section, name, shown}, index): DetailLine[] => {
    const isFirst = section !== undefined && section !== fields[index - 1]?.section;
    const headings = isFirst ? ['', section] : [];
    const first = `${fitText(printableName(name), nameWidth, 'left', ellipsis)}  `;
    const [line = first, ...more] = wrapText(shown, width, {first, rest});
    return [
      ...headings.map(text => ({text, field: index, kind: 'heading'}) as const),
      {text: line.trimEnd(), field: index, kind: shown === '' ? 'empty' : 'value'},
      ...more.map(text => ({text, field: index, kind: 'rest'}) as const),
    ];
  });
}
