import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {formatOf} from '../../source/export/format.ts';
import {chunksFor} from '../../source/export/formats.ts';
import {jsonChunks, ndjsonChunks} from '../../source/export/json.ts';
import {anyColumns, type Cell, datasetOf, textOf} from './tables.ts';

type Columns = Parameters<typeof datasetOf>[0];

/** Pairs, since an object with the key `__proto__` is easily compared wrongly. JSON has no negative zero to give. */
const pairsOf = (columns: Columns) =>
  (columns[0]?.[1] ?? []).map((_, row) => columns.map(([name, cells]) => [name, plain(cells[row])]).sort(byName));
const plain = (cell: Cell) => (typeof cell === 'number' ? cell + 0 : (cell ?? null));
const byName = ([left]: unknown[], [right]: unknown[]) => (String(left) < String(right) ? -1 : 1);
const entriesOf = (object: object) => Object.entries(object).sort(byName);

describe('JSON', () => {
  test('is an array with an object a line', () => {
    const dataset = datasetOf([
      ['model', ['gpt-5.4', undefined]],
      ['input_tokens', [12, 0]],
      ['batch', [undefined, false]],
    ]);
    expect(textOf(jsonChunks(dataset))).toBe(
      '[\n{"model":"gpt-5.4","input_tokens":12,"batch":null},\n{"model":null,"input_tokens":0,"batch":false}\n]\n',
    );
  });

  test('without rows is an empty array', () => {
    expect(JSON.parse(textOf(jsonChunks(datasetOf([['model', []]]))))).toEqual([]);
  });

  test('gives every value back to a parser, whatever it holds and however it is cut into chunks', () => {
    fc.assert(
      fc.property(anyColumns, fc.integer({min: 1, max: 5}), (columns, chunkRows) => {
        const objects: object[] = JSON.parse(textOf(jsonChunks(datasetOf(columns), {chunkRows})));
        expect(objects.map(entriesOf)).toEqual(pairsOf(columns));
      }),
    );
  });

  test('keeps a column named __proto__', () => {
    const [object] = JSON.parse(textOf(jsonChunks(datasetOf([['__proto__', ['kept']]]))));
    expect(Object.entries(object)).toEqual([['__proto__', 'kept']]);
  });

  test('stays well-formed with half a surrogate pair in it', () => {
    const text = textOf(jsonChunks(datasetOf([['name', ['a\ud83e']]])));
    expect(JSON.parse(Buffer.from(text).toString())).toEqual([{name: 'a\ud83e'}]);
  });

  test('writes null for a number JSON has no word for', () => {
    expect(JSON.parse(textOf(jsonChunks(datasetOf([['quantity', [Infinity]]]))))).toEqual([{quantity: null}]);
  });
});

describe('NDJSON', () => {
  test('is what JSON.stringify makes of each name and value', () => {
    fc.assert(
      fc.property(anyColumns, columns => {
        const lines = (columns[0]?.[1] ?? []).map(
          (_, row) =>
            `{${columns.map(([name, cells]) => `${JSON.stringify(name)}:${JSON.stringify(cells[row] ?? null)}`)}}\n`,
        );
        expect(textOf(ndjsonChunks(datasetOf(columns)))).toBe(lines.join(''));
      }),
    );
  });

  test('is the same objects, each on a line of its own', () => {
    fc.assert(
      fc.property(anyColumns, fc.integer({min: 1, max: 5}), (columns, chunkRows) => {
        const lines = textOf(ndjsonChunks(datasetOf(columns), {chunkRows})).split('\n');
        expect(lines.pop()).toBe('');
        expect(lines.map(line => entriesOf(JSON.parse(line)))).toEqual(pairsOf(columns));
      }),
    );
  });

  test('without rows is empty', () => {
    expect(textOf(ndjsonChunks(datasetOf([['model', []]])))).toBe('');
  });
});

describe('a format', () => {
  test.each([
    ['csv', 'model\na\n'],
    ['json', '[\n{"model":"a"}\n]\n'],
    ['ndjson', '{"model":"a"}\n'],
  ] as const)('%s is written by its own writer', (format, text) => {
    expect(textOf(chunksFor(format, datasetOf([['model', ['a']]])))).toBe(text);
  });

  test.each([
    ['usage.csv', 'csv'],
    ['/a/b.c/usage.JSON', 'json'],
    ['usage.ndjson', 'ndjson'],
    ['usage.jsonl', 'ndjson'],
    ['usage.txt', 'csv'],
    ['csv', 'csv'],
    ['folder.json/usage', 'csv'],
  ])('of %s is %s', (path, format) => {
    expect(formatOf(path)).toBe(format);
  });
});
