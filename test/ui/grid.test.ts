import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {headerLine, rowLine} from '../../source/ui/grid.ts';
import {marksOf} from '../../source/ui/state/sought.ts';
import {type Align, widthOf} from '../../source/view/width.ts';
import {datasetOf} from '../view/datasets.ts';

type Place = {readonly width: number; readonly align?: Align; readonly ellipsis?: string};

/** One cell as the grid shows it while a text is searched for: what is marked stands between angle brackets. */
function marked(cell: string | number, text: string, {width, align = 'left', ellipsis = '…'}: Place): string {
  const dataset = datasetOf([{column: cell}]);
  const marks = marksOf({kind: 'text', text, place: 'table'}, dataset);
  const {before} = rowLine({dataset, placed: [{column: 0, x: 0, width}], aligns: [align], ellipsis, marks}, 0);
  return before.map(segment => (segment.isMarked ? `<${segment.text}>` : segment.text)).join('');
}

describe('marks', () => {
  test.each<[string, string | number, string, Place, string]>([
    ['stand where the text stands', 'gpt-5.4', '5.4', {width: 9}, 'gpt-<5.4>  '],
    ['are as many as there are matches', 'banana', 'an', {width: 6}, 'b<anan>a'],
    ['ignore case as the search does', 'Search', 'sea', {width: 6}, '<Sea>rch'],
    ['move with a figure to the right', 1204511, '45', {width: 11, align: 'right'}, '  1,20<4,5>11'],
    ['stop where the cell is cut', 'catalogue-backfill', 'logue-b', {width: 9}, 'cata<logu…>'],
    ['stand on the ellipsis for a match that is cut off', 'catalogue-backfill', 'fill', {width: 9}, 'catalogu<…>'],
    ['stand on every dot of it in ASCII', 'catalogue-backfill', 'fill', {width: 9, ellipsis: '...'}, 'catalo<...>'],
    ['know wide characters', '日本語 name', '語', {width: 12}, '日本<語> name '],
    ['are cut between wide characters, not through them', '日本語', '本', {width: 4}, '日<…> '],
  ])('%s', (_name, cell, text, place, expected) => {
    expect(marked(cell, text, place)).toBe(expected);
  });

  test('never change the text of a line or its width', () => {
    const cells = fc.string({unit: fc.constantFrom('a', 'b', '日', '🙂', ' ', '…', '.'), maxLength: 12});
    const aligns = fc.constantFrom<Align[]>('left', 'right');
    fc.assert(
      fc.property(
        cells,
        fc.constantFrom('a', '日', 'ab', '.', '…'),
        fc.integer({min: 1, max: 14}),
        aligns,
        (cell, text, width, align) => {
          const dataset = datasetOf([{column: cell}]);
          const options = {dataset, placed: [{column: 0, x: 0, width}], aligns: [align], ellipsis: '…'};
          const lineOf = (line: ReturnType<typeof rowLine>) => line.before.map(segment => segment.text).join('');
          const marks = marksOf({kind: 'text', text, place: 'table'}, dataset);
          const line = lineOf(rowLine({...options, marks}, 0));
          expect(line).toBe(lineOf(rowLine(options, 0)));
          expect(widthOf(line)).toBe(width);
        },
      ),
    );
  });
});

describe('the heading of a sorted column', () => {
  const headings = (width: number, mark: string, align: Align = 'left') =>
    headerLine(
      {
        dataset: datasetOf([{model: 'a', next: 'b'}]),
        placed: [
          {column: 0, x: 0, width},
          {column: 1, x: width + 2, width: 4},
        ],
        aligns: [align, 'left'],
        ellipsis: '…',
      },
      name => (name === 'model' ? mark : ''),
    );

  test.each<[number, string, string]>([
    [9, '↑', 'model ↑    next'],
    [6, '↑', 'model↑  next'],
    [5, '↑', 'model↑ next'],
    [5, '↓2', 'mod…↓2 next'],
    [3, '↓', 'mo…↓ next'],
  ])('of %i columns with %s keeps the mark, and the columns beside it their places', (width, mark, expected) => {
    expect(headings(width, mark)).toBe(expected);
  });

  test('stands to the right over figures', () => {
    expect(headings(9, '↑', 'right')).toBe('  model ↑  next');
  });
});
