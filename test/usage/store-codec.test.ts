import * as fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Column} from '../../source/usage/block.ts';
import type {CachedDay} from '../../source/usage/cache.ts';
import {type Day, startOf} from '../../source/usage/days.ts';
import {pack} from '../../source/usage/pack.ts';
import type {PackedBlock} from '../../source/usage/packed.ts';
import {decodeDays} from '../../source/usage/store-codec.ts';
import {encodeDays} from '../../source/usage/store-encode.ts';
import {FORMAT} from '../../source/usage/store-key.ts';
import {unpacked} from '../helpers/cells.ts';
import {cachedDay, day, rowsOf, tokensOf} from './sample-days.ts';

const first = day('2026-10-01');
const october = Array.from({length: 31}, (_, index) => first + index);

/** Through JSON, as on disk. */
const throughJson = (entries: Iterable<readonly [string, unknown]>): Map<string, unknown> =>
  new Map(JSON.parse(JSON.stringify([...entries])));

const fileOf = (days: readonly CachedDay[], earlier?: Map<string, unknown>): Map<string, unknown> =>
  throughJson(encodeDays(days, '2026-10', earlier));

/** A moment of a day for every row, which it needs to be believed. */
const startsOf = (rowCount: number, of = first): Column => ({
  kind: 'number',
  name: 'start_time',
  values: new Float64Array(rowCount).fill(startOf(of)),
});

const blockOfColumns = (rowCount: number, columns: readonly Column[], of?: Day): PackedBlock =>
  pack({rowCount, columns: new Map([...columns, startsOf(rowCount, of)].map(column => [column.name, column]))});

/** What a block says but for the moments. */
const valuesOf = (block: PackedBlock) => rowsOf(block).map(({start_time: _, ...values}) => values);

const numbers = (...values: number[]): PackedBlock =>
  blockOfColumns(values.length, [{kind: 'number', name: 'n', values: Float64Array.from(values)}]);

const roundTrip = (block: PackedBlock): PackedBlock | undefined =>
  decodeDays(fileOf([cachedDay({iso: '2026-10-01', block})]), '2026-10', october)?.[0]?.block;

/** Codes beyond a byte come by a long dictionary, numbers of all widths by their exponents. */
const anyColumns = fc.integer({min: 0, max: 12}).chain(rowCount => {
  const size = {minLength: rowCount, maxLength: rowCount};
  const number = fc.oneof(
    fc.double({min: -1e21, max: 1e21, minExcluded: true, maxExcluded: true}),
    fc.nat(3),
    fc.constantFrom(0, -0, 255, 256, 65_535, 65_536, 2 ** 32 - 1, 2 ** 32, Number.NaN),
  );
  const numeric = fc
    .record({
      name: fc.string(),
      values: fc.oneof(
        fc.array(number, size),
        number.map(one => Array(rowCount).fill(one)),
      ),
    })
    .map(({name, values}): Column => ({kind: 'number', name, values: Float64Array.from(values)}));
  const textual = fc
    .record({
      kind: fc.constantFrom('text', 'boolean'),
      name: fc.string(),
      texts: fc.array(fc.string({unit: 'binary'}), {minLength: 3, maxLength: 3}),
      unused: fc.constantFrom(0, 300),
      cells: fc.array(fc.nat(3), size),
    })
    .map(({kind, name, texts, unused, cells}): Column => {
      const dictionary = ['', ...Array.from({length: unused}, (_, index) => `unused ${index}`), ...texts];
      const codes = Uint32Array.from(cells, cell => (cell === 0 ? 0 : unused + cell));
      return {kind, name, codes, dictionary};
    });
  return fc.array(fc.oneof(numeric, textual), {maxLength: 6}).map(columns => ({rowCount, columns}));
});

describe('what is written is read again', () => {
  test('numbers to the last bit: negative, fractions, both zeros, the largest, and absent ones', () => {
    const block = numbers(0, -0, -12.34, 0.1 + 0.2, 2 ** 53, 5e-324, Number.NaN, 2 ** 69, -(2 ** 69));
    expect(rowsOf(roundTrip(block) ?? numbers())).toEqual(rowsOf(block));
  });

  test('but not what was never a figure: its day is a miss, in a row of its own or the same in all rows', () => {
    for (const value of [1e21, -Number.MAX_VALUE, Infinity, -Infinity]) {
      expect(roundTrip(numbers(1, value))).toBeUndefined();
      expect(roundTrip(numbers(...Array<number>(9).fill(value)))).toBeUndefined();
    }
    const amounts = (...values: number[]) =>
      blockOfColumns(values.length, [{kind: 'number', name: 'amount', values: Float64Array.from(values)}]);
    expect(roundTrip(amounts(1e15, -1e15, Number.NaN))).toBeDefined();
    expect(roundTrip(amounts(1, 1.001e15))).toBeUndefined();
  });

  test('an empty text apart from an absent one', () => {
    const column = {kind: 'text', name: 't', codes: Uint32Array.of(0, 1, 2), dictionary: ['', '', 'x']} as const;
    expect(valuesOf(roundTrip(blockOfColumns(3, [column])) ?? numbers())).toEqual([{t: undefined}, {t: ''}, {t: 'x'}]);
  });

  test('half a surrogate pair, and every other text', () => {
    const dictionary = ['', '\uD800', '\uDC00a', '😀', '\0', '\u2028"\\', '=cmd|x'];
    const codes = Uint32Array.from(dictionary.keys());
    const block = blockOfColumns(7, [{kind: 'text', name: 't', codes, dictionary}]);
    expect(rowsOf(roundTrip(block) ?? numbers())).toEqual(rowsOf(block));
  });

  test('texts of a dictionary that is longer than 16 bits count', () => {
    const dictionary = Array.from({length: 70_000}, (_, code) => (code === 0 ? '' : `user-${code}`));
    const block = blockOfColumns(3, [{kind: 'text', name: 't', codes: Uint32Array.of(69_999, 0, 1), dictionary}]);
    expect(valuesOf(roundTrip(block) ?? numbers())).toEqual([{t: 'user-69999'}, {t: undefined}, {t: 'user-1'}]);
  });

  test('columns by any name', () => {
    const names = ['__proto__', 'constructor', 'toString', '', 'length', 'a b', 'ä'];
    const block = blockOfColumns(
      1,
      names.map(name => ({kind: 'number', name, values: Float64Array.of(1)})),
    );
    expect([...(roundTrip(block)?.columns.keys() ?? [])]).toEqual([...names, 'start_time']);
  });

  test('a day without rows, and rows without values', () => {
    expect(roundTrip(blockOfColumns(0, []))).toMatchObject({rowCount: 0, columns: new Map()});
    expect(valuesOf(roundTrip(blockOfColumns(3, [])) ?? numbers())).toEqual([{}, {}, {}]);
  });

  test('every block there can be', () => {
    fc.assert(
      fc.property(anyColumns, ({rowCount, columns}) => {
        const block = blockOfColumns(rowCount, columns);
        const decoded = roundTrip(block);
        expect(decoded && rowsOf(decoded)).toEqual(rowsOf(block));
      }),
    );
  });

  test('with one dictionary a column for all days, whatever dictionaries they came with', () => {
    const days = ['2026-10-01', '2026-10-02', '2026-10-03'].map(iso => cachedDay({iso, rows: 9}));
    const decoded = decodeDays(fileOf(days), '2026-10', october) ?? [];
    expect(decoded.map(({block}) => rowsOf(block))).toEqual(days.map(({block}) => rowsOf(block)));
    const models = decoded.map(({block}) => block.columns.get('model'));
    expect(new Set(models.map(column => column?.kind === 'text' && column.dictionary)).size).toBe(1);
  });
});

describe('a file that goes on from an earlier one', () => {
  const decoded = (entries: Map<string, unknown>) => decodeDays(entries, '2026-10', october) ?? [];

  test('holds its days and the new ones, whatever they say', () => {
    fc.assert(
      fc.property(fc.array(anyColumns, {maxLength: 4}), all => {
        const blocks = all.map(({rowCount, columns}, index) => blockOfColumns(rowCount, columns, first + index));
        const days = blocks.map((block, index) => ({...cachedDay({iso: '2026-10-01', block}), day: first + index}));
        const file = days.reduce<Map<string, unknown> | undefined>(
          (earlier, each) => fileOf([each], earlier),
          undefined,
        );
        expect(file ? decoded(file).map(({block}) => rowsOf(block)) : []).toEqual(blocks.map(rowsOf));
      }),
    );
  });

  test('takes a new copy of a day in place of the old one', () => {
    const earlier = fileOf([cachedDay({iso: '2026-10-01', tokens: 1}), cachedDay({iso: '2026-10-02', tokens: 2})]);
    const file = fileOf([cachedDay({iso: '2026-10-01', tokens: 3})], earlier);
    expect(decoded(file).map(tokensOf)).toEqual([3, 2]);
  });

  test('repeats other days as they are written, without reading their cells', () => {
    const earlier = fileOf([cachedDay({iso: '2026-10-01'})]);
    const written = {fetchedAt: 1, hasBucket: true, rowCount: 3, columns: [0, 1], cells: 'no cells'};
    earlier.set(String(first + 4), written);
    expect(fileOf([cachedDay({iso: '2026-10-02'})], earlier).get(String(first + 4))).toEqual(written);
  });

  test('leaves out what is no day of the month, and what would not go into a file again', () => {
    const earlier = fileOf([cachedDay({iso: '2026-10-01'})]);
    const size = earlier.size;
    for (const key of ['x', String(first + 40), String(first - 1), '__proto__'])
      earlier.set(key, earlier.get(String(first)));
    earlier.set(String(first + 4), JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`));
    expect(fileOf([cachedDay({iso: '2026-10-02'})], earlier).size).toBe(size + 1);
  });

  test.each<[string, unknown]>([
    ['of another version', 1],
    ['that is damaged', undefined],
  ])('takes nothing from one %s', (_, format) => {
    const earlier = fileOf([cachedDay({iso: '2026-10-01'})]).set('format', format);
    expect(decoded(fileOf([cachedDay({iso: '2026-10-02'})], earlier)).map(each => each.day)).toEqual([first + 1]);
  });
});

describe('only the wanted days are read', () => {
  const entries = fileOf(['2026-10-01', '2026-10-02'].map(iso => cachedDay({iso})));

  test('and only those of the file', () => {
    expect(decodeDays(entries, '2026-10', [first + 1, first + 2])?.map(cached => cached.day)).toEqual([first + 1]);
  });

  test('and none of another month', () => {
    expect(decodeDays(entries, '2026-11', october)).toEqual([]);
  });
});

describe('a day is a miss, and only that day,', () => {
  // Three columns of two rows: the day's beginning for all, tokens as 16-bit integers, model as bytes.
  const start = new Uint8Array(Float64Array.of(startOf(first)).buffer);
  const base64 = (...bytes: number[]) => Buffer.from([...start, ...bytes]).toString('base64');
  const columns = [3, 0, 1, 2, 0, 1];
  const intact = {fetchedAt: 1, hasBucket: true, rowCount: 2, columns, cells: base64(7, 0, 8, 1, 0, 1)};
  const other = {fetchedAt: 1, hasBucket: true, rowCount: 0, columns: [], cells: ''};
  const decodedWith = (entry: unknown): CachedDay[] | undefined => {
    const entries = throughJson([
      ['format', FORMAT],
      [
        'columns',
        [
          ['model', 'text', ['', 'gpt']],
          ['tokens', 'number'],
          ['tokens', 'text', ['', '7']],
          ['start_time', 'number'],
          ['date', 'text', ['', '1999-01-01']],
          ['endpoint_type', 'text', ['', 'costs']],
          ['input_tokens', 'text', ['', 'abc']],
          ['project_id', 'number'],
          ['batch', 'number'],
        ],
      ],
      [String(first + 1), other],
    ]);
    entries.set(String(first), entry);
    return decodeDays(entries, '2026-10', october);
  };

  test('unless it is intact', () => {
    const [one, two] = decodedWith(intact) ?? [];
    expect(one && rowsOf(one.block)).toEqual([
      {start_time: startOf(first), model: undefined, tokens: 7},
      {start_time: startOf(first), model: 'gpt', tokens: 264},
    ]);
    expect(two?.block.rowCount).toBe(0);
  });

  const deep: unknown = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`);
  const only = (form: number, rowCount: number, ...bytes: number[]) => ({
    ...intact,
    rowCount,
    columns: [3, 0, 0, form],
    cells: base64(...bytes),
  });
  const bytesIn = (...bytes: number[]) => Buffer.from(bytes).toString('base64');
  /** Both rows at that moment. */
  const at = (moment: number) => ({...intact, columns: [3, 0], cells: bytesOf(moment)});
  const each = (...moments: number[]) => ({...intact, columns: [3, 8], cells: bytesOf(...moments)});
  const bytesOf = (...values: number[]) => bytesIn(...new Uint8Array(Float64Array.from(values).buffer));
  /** With that column besides, whose cells are 1. */
  const own = (column: number) => ({...intact, columns: [3, 0, column, 1], cells: base64(1, 1)});

  test('unless its rows are of its last second, or have a moment each', () => {
    for (const entry of [at(startOf(first + 1) - 1), each(startOf(first), startOf(first) + 3600)]) {
      expect(decodedWith(entry)?.map(cached => cached.day)).toEqual([first, first + 1]);
    }
  });

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
    ['with more rows than memory', {...intact, rowCount: 1e15, columns: [], cells: ''}],
    [
      'with less than a byte a cell',
      {...intact, rowCount: 12, columns: [3, 0, 1, 0], cells: bytesOf(startOf(first), 7)},
    ],
    ['with columns by name', {...intact, columns: {model: 1}}],
    ['with a column that is none of the file', {...intact, columns: [3, 0, 99, 2, 0, 1]}],
    ['with a column that is no number', {...intact, columns: [3, 0, '1', 2, 0, 1]}],
    ['with a negative column', {...intact, columns: [3, 0, -1, 2, 0, 1]}],
    ['with a column of no known form', {...intact, columns: [3, 0, 1, 2, 0, 3]}],
    ['with a column without a form', {...intact, columns: [3, 0, 1, 2, 0]}],
    ['with a column twice', {...intact, columns: [3, 0, 1, 2, 1, 1]}],
    ['with a column twice by name', {...intact, columns: [3, 0, 1, 2, 2, 1]}],
    ['with a text before a number', {...intact, columns: [3, 0, 0, 1, 1, 2], cells: base64(0, 1, 7, 0, 8, 1)}],
    ['with a code beyond the dictionary', {...intact, cells: base64(7, 0, 8, 1, 0, 2)}],
    ['with codes of a form that only numbers have', {...intact, columns: [3, 0, 1, 2, 0, 17]}],
    ['with codes that are doubles', only(8, 2, ...new Uint8Array(new Float64Array([0, 1]).buffer))],
    ['with a constant code beyond the dictionary', only(0, 2, ...new Uint8Array(new Float64Array([2]).buffer))],
    ['with half a code for all', only(0, 2, ...new Uint8Array(new Float64Array([0.5]).buffer))],
    ['with a code for all that is no number', only(0, 2, ...new Uint8Array(new Float64Array([Number.NaN]).buffer))],
    ['without a moment', {...intact, columns: [1, 2, 0, 1], cells: bytesIn(7, 0, 8, 1, 0, 1)}],
    ['at no moment', at(Number.NaN)],
    ['for ever', at(Number.POSITIVE_INFINITY)],
    ['after time ended', at(1e300)],
    ['before its day', at(startOf(first) - 1)],
    ['after its day', at(startOf(first + 1))],
    ['of another year', at(startOf(first - 400))],
    ['with a second row without a moment', each(startOf(first), Number.NaN)],
    ['with a second row of another day', each(startOf(first), startOf(first + 1))],
    ['with a date of its own', own(4)],
    ['with an endpoint of its own', own(5)],
    ['with text for a figure', own(6)],
    ['with numbers for projects', own(7)],
    ['with numbers for a flag', own(8)],
    ['with cells that are no text', {...intact, cells: [7, 0, 8, 1, 0, 1]}],
    ['with cells nested deeply', {...intact, cells: deep}],
    ['with a byte too few', {...intact, cells: base64(7, 0, 8, 1, 0)}],
    ['with bytes too many', {...intact, cells: base64(7, 0, 8, 1, 0, 1, 0, 0)}],
    ['with cells that end early', {...intact, cells: base64(7, 0, 8)}],
    [
      'with cells that are not base64',
      {...intact, cells: base64(7, 0, 8, 1, 0, 1).replace(/.=*$/, '\u2028$&').slice(1)},
    ],
    ['that inherits what it should have', JSON.parse('{"__proto__":{"fetchedAt":1,"hasBucket":true}}')],
  ])('%s', (_, entry) => {
    expect(decodedWith(entry)?.map(cached => cached.day)).toEqual([first + 1]);
  });
});

describe('a file is a miss as a whole', () => {
  const entries = () => fileOf([cachedDay({iso: '2026-10-01'})]);

  test.each<[string, unknown]>([
    ['of another version', 1],
    ['without a version', undefined],
  ])('%s', (_, format) => {
    expect(decodeDays(entries().set('format', format), '2026-10', october)).toBeUndefined();
  });

  test.each<[string, unknown]>([
    ['without columns', undefined],
    ['with columns by name', {model: ['text', ['', 'gpt']]}],
    ['with a column that is no list', ['model']],
    ['with a column without a name', [[null, 'number']]],
    ['with a column of no known kind', [['model', 'date', ['']]]],
    ['with a column of text without a dictionary', [['model', 'text']]],
    ['with a dictionary of numbers', [['model', 'text', ['', 1]]]],
    ['with a dictionary without a place for "absent"', [['model', 'text', ['gpt']]]],
  ])('%s', (_, columns) => {
    expect(decodeDays(entries().set('columns', columns), '2026-10', october)).toBeUndefined();
  });

  test('whatever JSON it holds, it never throws', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (written, columns) => {
        const file = new Map<string, unknown>([
          ['format', FORMAT],
          ['columns', columns],
          [String(first), written],
        ]);
        expect(() => decodeDays(file, '2026-10', october)).not.toThrow();
      }),
    );
  });
});

test('a file in which anything was changed yields nothing that cannot be read, and no memory for what is not there', () => {
  const text = JSON.stringify([...encodeDays([cachedDay({iso: '2026-10-01', rows: 40})], '2026-10')]);
  const change = fc.tuple(fc.nat(text.length - 1), fc.constantFrom(...'0123456789AZaz+/=[]{},:"-.'));
  fc.assert(
    fc.property(fc.array(change, {minLength: 1, maxLength: 3}), changes => {
      let changed = text;
      for (const [at, character] of changes) changed = changed.slice(0, at) + character + changed.slice(at + 1);
      let entries: Map<string, unknown>;
      try {
        entries = new Map(JSON.parse(changed));
      } catch {
        return;
      }
      for (const {block} of decodeDays(entries, '2026-10', october) ?? []) {
        expect(block.bytes.byteLength).toBeLessThan(changed.length);
        expect(block.rowCount).toBeLessThanOrEqual(block.bytes.byteLength);
        for (const column of unpacked(block).columns.values()) {
          if (column.kind !== 'number')
            for (const code of column.codes) expect(column.dictionary[code]).toBeTypeOf('string');
        }
      }
    }),
    {numRuns: 500},
  );
});
