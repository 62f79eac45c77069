import * as fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Block, Column} from '../../source/usage/block.ts';
import type {CachedDay} from '../../source/usage/cache.ts';
import {decodeDays, encodeDays} from '../../source/usage/store-codec.ts';
import {cachedDay, day, rowsOf} from './sample-days.ts';

const first = day('2026-10-01');
const october = Array.from({length: 31}, (_, index) => first + index);

/** Through JSON, as on disk. */
const throughJson = (entries: Iterable<readonly [string, unknown]>): Map<string, unknown> =>
  new Map(JSON.parse(JSON.stringify([...entries])));

const blockOfColumns = (rowCount: number, columns: readonly Column[]): Block => ({
  rowCount,
  columns: new Map(columns.map(column => [column.name, column])),
});

const numbers = (...values: number[]): Block =>
  blockOfColumns(values.length, [{kind: 'number', name: 'n', values: Float64Array.from(values)}]);

const roundTrip = (block: Block): Block | undefined => {
  const entries = throughJson(encodeDays([cachedDay({iso: '2026-10-01', block})]));
  return decodeDays(entries, '2026-10', october)?.[0]?.block;
};

describe('what is written is read again', () => {
  test('numbers to the last bit: negative, fractions, both zeros, the largest, and absent ones', () => {
    const block = numbers(0, -0, -12.34, 0.1 + 0.2, 2 ** 53, 5e-324, Number.NaN, Infinity, -Infinity);
    expect(roundTrip(block)).toEqual(block);
  });

  test('an empty text apart from an absent one', () => {
    const column = {kind: 'text', name: 't', codes: Uint32Array.of(0, 1, 2), dictionary: ['', '', 'x']} as const;
    expect(rowsOf(roundTrip(blockOfColumns(3, [column])) ?? numbers())).toEqual([{t: undefined}, {t: ''}, {t: 'x'}]);
  });

  test('half a surrogate pair, and every other text', () => {
    const dictionary = ['', '\uD800', '\uDC00a', '😀', '\0', '\u2028"\\', '=cmd|x'];
    const codes = Uint32Array.from(dictionary.keys());
    const block = blockOfColumns(7, [{kind: 'text', name: 't', codes, dictionary}]);
    expect(rowsOf(roundTrip(block) ?? numbers())).toEqual(rowsOf(block));
  });

  test('columns by any name', () => {
    const names = ['__proto__', 'constructor', 'toString', '', 'length', 'a b', 'ä'];
    const block = blockOfColumns(
      1,
      names.map(name => ({kind: 'number', name, values: Float64Array.of(1)})),
    );
    expect([...(roundTrip(block)?.columns.keys() ?? [])]).toEqual(names);
  });

  test('a day without rows, and rows without values', () => {
    expect(roundTrip({rowCount: 0, columns: new Map()})).toEqual({rowCount: 0, columns: new Map()});
    expect(roundTrip({rowCount: 3, columns: new Map()})).toEqual({rowCount: 3, columns: new Map()});
  });

  test('every block there can be', () => {
    const cell = fc.oneof(fc.constant(0), fc.constant(1), fc.constant(2), fc.constant(3));
    const dictionary = fc.array(fc.string({unit: 'binary'}), {minLength: 3, maxLength: 3}).map(texts => ['', ...texts]);
    const column = (rowCount: number) =>
      fc.oneof(
        fc
          .record({name: fc.string(), values: fc.array(fc.double(), {minLength: rowCount, maxLength: rowCount})})
          .map(({name, values}): Column => ({kind: 'number', name, values: Float64Array.from(values)})),
        fc
          .record({name: fc.string(), dictionary, cells: fc.array(cell, {minLength: rowCount, maxLength: rowCount})})
          .map(
            ({name, dictionary, cells}): Column => ({kind: 'text', name, codes: Uint32Array.from(cells), dictionary}),
          ),
      );
    const blocks = fc
      .integer({min: 0, max: 5})
      .chain(rowCount => fc.array(column(rowCount)).map(columns => blockOfColumns(rowCount, columns)));
    fc.assert(
      fc.property(blocks, block => {
        const decoded = roundTrip(block);
        expect(decoded?.columns.size).toBe(block.columns.size);
        expect(decoded && rowsOf(decoded)).toEqual(rowsOf(block));
      }),
    );
  });

  test('with one dictionary a column for all days, whatever dictionaries they came with', () => {
    const days = ['2026-10-01', '2026-10-02', '2026-10-03'].map(iso => cachedDay({iso, rows: 9}));
    const decoded = decodeDays(throughJson(encodeDays(days)), '2026-10', october) ?? [];
    expect(decoded.map(({block}) => rowsOf(block))).toEqual(days.map(({block}) => rowsOf(block)));
    const models = decoded.map(({block}) => block.columns.get('model'));
    expect(new Set(models.map(column => column?.kind === 'text' && column.dictionary)).size).toBe(1);
  });
});

describe('only the wanted days are read', () => {
  const entries = throughJson(encodeDays(['2026-10-01', '2026-10-02'].map(iso => cachedDay({iso}))));

  test('and only those of the file', () => {
    expect(decodeDays(entries, '2026-10', [first + 1, first + 2])?.map(cached => cached.day)).toEqual([first + 1]);
  });

  test('and none of another month', () => {
    expect(decodeDays(entries, '2026-11', october)).toEqual([]);
  });
});

describe('a day is a miss, and only that day,', () => {
  const intact = {fetchedAt: 1, hasBucket: true, rowCount: 2, columns: [['model', 'text', [0, 1]]]};
  const other = {fetchedAt: 1, hasBucket: true, rowCount: 0, columns: []};
  const decodedWith = (entry: unknown): CachedDay[] | undefined => {
    const dictionaries = [['model', ['', 'gpt']]];
    const entries = throughJson([
      ['format', 1],
      ['dictionaries', dictionaries],
      [String(first + 1), other],
    ]);
    entries.set(String(first), entry);
    return decodeDays(entries, '2026-10', october);
  };

  test('unless it is intact', () => {
    expect(decodedWith(intact)?.length).toBe(2);
  });

  const deep: unknown = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`);
  const columns = (...written: unknown[]) => ({...intact, columns: written});
  test.each<[string, unknown]>([
    ['null', null],
    ['a number', 7],
    ['a list', []],
    ['nested deeply', deep],
    ['without a time', {...intact, fetchedAt: null}],
    ['fetched before time began', {...intact, fetchedAt: -1}],
    ['fetched after time ended', {...intact, fetchedAt: 1e300}],
    ['with a text for a time', {...intact, fetchedAt: '1'}],
    ['without hasBucket', {...intact, hasBucket: undefined}],
    ['with a negative count of rows', {...intact, rowCount: -1}],
    ['with half a row', {...intact, rowCount: 1.5}],
    ['with more rows than memory', {...intact, rowCount: 1e15, columns: []}],
    ['with columns by name', {...intact, columns: {model: [0, 1]}}],
    ['with a column that is no list', columns('model')],
    ['with a column without a name', columns([null, 'text', [0, 1]])],
    ['with a column of no known kind', columns(['model', 'date', [0, 1]])],
    ['with a column of another length', columns(['model', 'text', [0]])],
    ['with a column twice', columns(['model', 'text', [0, 1]], ['model', 'text', [0, 1]])],
    ['with a column that has no dictionary', columns(['user', 'text', [0, 1]])],
    ['with a code beyond the dictionary', columns(['model', 'text', [0, 2]])],
    ['with a negative code', columns(['model', 'text', [0, -1]])],
    ['with half a code', columns(['model', 'text', [0, 0.5]])],
    ['with a text for a code', columns(['model', 'text', [0, 'gpt']])],
    ['with cells nested deeply', columns(['n', 'number', [0, deep]])],
    ['with a text for a number', columns(['n', 'number', [0, '1']])],
    ['with an object for a number', columns(['n', 'number', [0, {}]])],
    ['that inherits what it should have', JSON.parse('{"__proto__":{"fetchedAt":1,"hasBucket":true}}')],
  ])('%s', (_, entry) => {
    expect(decodedWith(entry)?.map(cached => cached.day)).toEqual([first + 1]);
  });
});

describe('a file is a miss as a whole', () => {
  const entries = () => throughJson(encodeDays([cachedDay({iso: '2026-10-01'})]));

  test.each<[string, unknown]>([
    ['of another version', 2],
    ['without a version', undefined],
  ])('%s', (_, format) => {
    expect(decodeDays(entries().set('format', format), '2026-10', october)).toBeUndefined();
  });

  test.each<[string, unknown]>([
    ['without dictionaries', undefined],
    ['with dictionaries by name', {model: ['', 'gpt']}],
    ['with a dictionary of numbers', [['model', ['', 1]]]],
    ['with a dictionary without a place for "absent"', [['model', ['gpt']]]],
  ])('%s', (_, dictionaries) => {
    expect(decodeDays(entries().set('dictionaries', dictionaries), '2026-10', october)).toBeUndefined();
  });

  test('whatever JSON it holds, it never throws', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (written, dictionaries) => {
        const file = new Map<string, unknown>([
          ['format', 1],
          ['dictionaries', dictionaries],
          [String(first), written],
        ]);
        expect(() => decodeDays(file, '2026-10', october)).not.toThrow();
      }),
    );
  });
});
